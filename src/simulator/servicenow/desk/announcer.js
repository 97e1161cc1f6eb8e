import { myChats, unread, waitingChats } from './chats.js';
import { byId } from './dom.js';

/** Tells a screen reader who has come to wait and what the employee wrote, and a hidden tab's title how much is new. */
export function mountAnnouncer(store) {
  const title = document.title;
  const showTitle = (state) => {
    const news = waitingChats(state).length + myChats(state).filter((chat) => unread(state, chat) > 0).length;
    document.title = document.hidden && news > 0 ? `(${news}) ${title}` : title;
  };
  store.subscribe((state, before) => {
    const said = [...newcomers(state, before), ...unreadChats(state, before), ...newWords(state, before)];
    if (said.length > 0) byId('announcer').textContent = said.join(' ');
    showTitle(state);
  });
  document.addEventListener('visibilitychange', () => showTitle(store.get()));
}

function newcomers(state, before) {
  const known = new Set(waitingChats(before).map((chat) => chat.id));
  return waitingChats(state)
    .filter((chat) => !known.has(chat.id))
    .map((chat) => `${chat.requester} is waiting: ${chat.shortDescription ?? ''}`);
}

function unreadChats(state, before) {
  return myChats(state)
    .filter((chat) => chat.id !== state.selected && unread(state, chat) > unread(before, chat))
    .map((chat) => `New message in the chat with ${chat.requester}.`);
}

function newWords({ thread }, before) {
  if (thread.chat === null || thread.chat !== before.thread.chat) return [];
  const known = new Set(before.thread.rows.map((row) => row.id));
  return thread.rows
    .filter((row) => row.author === 'requester' && !known.has(row.id))
    .map((row) => `${row.name}: ${row.text}`);
}
