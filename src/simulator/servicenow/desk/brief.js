import { byId, setText } from './dom.js';

/** The row that says why somebody came: the first one that the employee's side wrote to the desk. */
export function briefOf(rows) {
  return rows.find((row) => row.author === 'requester' && !row.before);
}

/** Shows it above the messages, all of it or, when it is long, its beginning. */
export function mountBrief(store) {
  const text = byId('brief-text');
  const more = byId('brief-more');
  const unfolded = new Set();

  function fold(chat) {
    const open = unfolded.has(chat);
    text.classList.toggle('folded', !open);
    more.hidden = !open && text.scrollHeight <= text.clientHeight + 1;
    setText(more, open ? 'Show less' : 'Show all');
    more.setAttribute('aria-expanded', String(open));
  }

  const current = () => store.get().thread.chat;
  more.addEventListener('click', () => {
    if (!unfolded.delete(current())) unfolded.add(current());
    fold(current());
  });
  new ResizeObserver(() => fold(current())).observe(text);
  store.subscribe(({ thread, selected }) => {
    const brief = thread.chat === selected ? briefOf(thread.rows) : undefined;
    byId('brief').hidden = !brief;
    setText(text, brief?.text ?? '');
    if (brief) fold(thread.chat);
  });
}
