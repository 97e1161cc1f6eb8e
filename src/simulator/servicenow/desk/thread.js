import { briefOf } from './brief.js';
import { byId, element, keyed, setText } from './dom.js';
import { showFiles, wordsOf } from './files.js';
import { clockTime, initials } from './format.js';

const nearBottomPx = 60;

/** The messages of the chat on screen, oldest first. Follows the newest one unless somebody is reading further up. */
export function mountThread(store) {
  const thread = byId('thread');
  const newest = byId('to-newest');
  const toBottom = () => {
    thread.scrollTop = thread.scrollHeight;
    newest.hidden = true;
  };
  const atBottom = () => thread.scrollHeight - thread.scrollTop - thread.clientHeight < nearBottomPx;
  newest.addEventListener('click', toBottom);
  thread.addEventListener('scroll', () => {
    if (atBottom()) newest.hidden = true;
  });
  new ResizeObserver(() => newest.hidden && toBottom()).observe(thread);

  store.subscribe((state, before) => {
    const changedChat = state.thread.chat !== before.thread.chat || state.selected !== before.selected;
    const following = changedChat || (newest.hidden && atBottom());
    const had = byId('messages').childElementCount;
    show(state);
    if (following) toBottom();
    else if (byId('messages').childElementCount > had) newest.hidden = false;
  });
}

function show({ thread, selected }) {
  const rows = thread.chat === selected ? thread.rows : [];
  const brief = briefOf(rows);
  keyed(
    byId('messages'),
    rows.filter((row) => row !== brief),
    { key: (row) => row.id, create: createMessage, update: updateMessage },
  );
}

function createMessage(row) {
  const parts = {
    avatar: element('span', { className: 'avatar', 'aria-hidden': 'true', text: initials(row.name) }),
    author: element('span', { className: 'author' }),
    time: element('time', { datetime: new Date(row.at).toISOString() }),
    words: element('p', { className: 'words' }),
    files: element('ul', { className: 'files', 'aria-label': 'Files' }),
  };
  const head = element('p', { className: 'message-head' }, [parts.author, parts.time]);
  if (row.workNote) {
    head.prepend(element('strong', { className: 'note-label', text: 'Work note · not visible to the employee' }));
  }
  const bubble = element('div', { className: 'bubble' }, [head, parts.words, parts.files]);
  return Object.assign(element('li', {}, [parts.avatar, bubble]), parts);
}

function updateMessage(item, row, previous) {
  const together =
    previous && kind(previous) === kind(row) && previous.name === row.name && row.at - previous.at < 120_000;
  item.className = `message ${kind(row)}${together ? ' together' : ''}`;
  setText(item.author, kind(row) === 'system' ? 'ServiceNow' : row.name);
  setText(item.time, clockTime(row.at));
  setText(item.words, wordsOf(row));
  item.words.hidden = item.words.textContent === '';
  showFiles(item.files, row.files);
}

/** An assistant that spoke before an agent came is somebody, unlike the platform. */
function kind(row) {
  if (row.before && row.author === 'system') return 'bot';
  return row.workNote ? 'note' : row.author;
}
