import { createActions } from './actions.js';
import { mountAnnouncer } from './announcer.js';
import { mountBar } from './bar.js';
import { mountBrief } from './brief.js';
import { mountCannedReplies } from './canned-replies.js';
import { mountChatLists } from './chat-lists.js';
import { mountClosing } from './closing.js';
import { mountComposer } from './composer.js';
import { mountConversation } from './conversation.js';
import { byId } from './dom.js';
import { listen } from './live.js';
import { mountMisbehave } from './misbehave.js';
import { mountProblem } from './problem.js';
import { createReader } from './reader.js';
import { recall, remember } from './remembered.js';
import { mountShortcuts } from './shortcuts.js';
import { createStore, nothingYet } from './store.js';
import { mountThread } from './thread.js';
import { mountTicker } from './ticker.js';
import { mountTransfer } from './transfer.js';
import { mountTyping } from './typing.js';

const store = createStore({ ...nothingYet, ...recall() });
const onProblem = mountProblem();
const { refresh } = createReader(store, (error) => onProblem(`The desk could not be read: ${error.message}.`));
const actions = createActions({ store, refresh, onProblem });

const composer = mountComposer(store, actions);
/** Whoever opened a chat goes on by writing in it. */
const thenWrite =
  (run) =>
  async (...args) => {
    await run(...args);
    composer.focus();
  };
const opening = { accept: thenWrite(actions.accept), select: thenWrite(actions.select) };
const acceptNext = thenWrite(actions.acceptNext);

remember(store);
mountBar(store);
mountChatLists(store, { ...opening, acceptNext });
mountConversation(store, opening);
mountBrief(store);
mountThread(store);
mountAnnouncer(store);
mountMisbehave(store, actions);
mountCannedReplies(actions, composer);
const openTransfer = mountTransfer(store, actions);
const openClosing = mountClosing(store, actions);
mountTicker(store);
mountTyping(store, byId('text'));

mountShortcuts([
  { code: 'KeyA', keys: 'Alt A', what: 'Accept who waits longest', run: acceptNext },
  { code: 'ArrowDown', keys: 'Alt ↓', what: 'Next of my chats', run: thenWrite(() => actions.step(1)) },
  { code: 'ArrowUp', keys: 'Alt ↑', what: 'Previous of my chats', run: thenWrite(() => actions.step(-1)) },
  { code: 'KeyM', keys: 'Alt M', what: 'Write', run: composer.focus },
  { code: 'KeyN', keys: 'Alt N', what: 'Work note or reply', run: () => actions.current() && composer.toggleNote() },
  { code: 'KeyU', keys: 'Alt U', what: 'Attach files', run: () => actions.current() && byId('attach').click() },
  { code: 'KeyR', keys: 'Alt R', what: 'Canned replies', run: () => actions.current() && byId('canned').click() },
  { code: 'KeyT', keys: 'Alt T', what: 'Transfer', run: openTransfer },
  { code: 'KeyX', keys: 'Alt X', what: 'Close the chat', run: openClosing },
  { code: 'KeyI', keys: 'Alt I', what: 'Choose who I am', run: () => byId('agent').focus() },
]);

listen({ onChange: refresh, onLink: (link) => store.set({ link }) });
document.addEventListener('visibilitychange', () => document.hidden || refresh());
