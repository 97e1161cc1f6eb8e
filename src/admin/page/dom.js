// Small parts that the tables are made of.

export const byId = (id) => document.getElementById(id);

/** A new element; `text` and `className` beside any property of it. */
export function element(name, { text, className, ...more } = {}, ...children) {
  const made = Object.assign(document.createElement(name), more);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  made.append(...children);
  return made;
}

export const cell = (text, className) => element('td', { text, className });
export const tag = (text, kind) => element('td', {}, element('span', { text, className: `tag ${kind}` }));
export const button = (text, onclick, className = '') =>
  element('button', { text, onclick, className: `small ${className}`, type: 'button' });
export const actions = (...buttons) => element('td', { className: 'actions' }, ...buttons);

/** How long ago, or how long, in at most two units. */
export function span(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const units = [
    ['d', 86_400],
    ['h', 3_600],
    ['min', 60],
    ['s', 1],
  ];
  const at = units.findIndex(([, size]) => seconds >= size);
  if (at === -1) return 'under 1 s';
  const [name, size] = units[at];
  const [smaller, part] = units[at + 1] ?? [];
  const rest = smaller ? Math.floor((seconds % size) / part) : 0;
  return `${Math.floor(seconds / size)} ${name}${rest > 0 ? ` ${rest} ${smaller}` : ''}`;
}

export function time(at) {
  const date = new Date(at);
  const isToday = date.toDateString() === new Date().toDateString();
  const clock = date.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  return isToday ? clock : `${date.toLocaleDateString()} ${clock}`;
}

export function fill(id, rows, nothing) {
  const body = byId(id).tBodies[0];
  const columns = byId(id).tHead.rows[0].cells.length;
  const none = element('tr', {}, element('td', { text: nothing, className: 'none', colSpan: columns }));
  body.replaceChildren(...(rows.length > 0 ? rows : [none]));
}
