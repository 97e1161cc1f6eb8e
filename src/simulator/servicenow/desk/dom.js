/** The element with this id; the page's skeleton has it. */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no element "${id}".`);
  return found;
}

/** A new element. Text only ever becomes text: nothing here can turn somebody's words into markup. */
export function element(tag, { className = '', text = '', ...attributes } = {}, children = []) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** Sets the text only when it differs, so that a selection or a screen reader is not disturbed. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * Makes the children of `parent` show `items`, in order. A node stays the same as long as its key does, which keeps
 * the keyboard focus where it was.
 */
export function keyed(parent, items, { key, create, update }) {
  const wanted = new Set(items.map(key));
  const kept = new Map();
  for (const node of [...parent.children]) {
    if (wanted.has(node.dataset.key)) kept.set(node.dataset.key, node);
    else node.remove();
  }
  let cursor = parent.firstElementChild;
  for (const [index, item] of items.entries()) {
    const node = kept.get(key(item)) ?? create(item);
    node.dataset.key = key(item);
    update(node, item, items[index - 1]);
    if (node === cursor) cursor = cursor.nextElementSibling;
    else parent.insertBefore(node, cursor);
  }
}
