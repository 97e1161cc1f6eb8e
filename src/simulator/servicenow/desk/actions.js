import * as api from './api.js';
import { asAttachments, captionOf } from './attachments.js';
import { isMine, myChats, selectedChat, waitingChats } from './chats.js';

/** What an agent can do here. A call that fails is told to `onProblem` and answers false. */
export function createActions({ store, refresh, onProblem }) {
  async function attempt(what, call) {
    try {
      await call();
      await refresh();
      return true;
    } catch (error) {
      onProblem(`${what}: ${error.message}.`);
      await refresh();
      return false;
    }
  }

  function select(id) {
    const chat = store.get().desk.chats.find((each) => each.id === id);
    const seen = chat ? { ...store.get().seen, [chat.id]: chat.rows } : store.get().seen;
    store.set({ selected: id, seen });
    return refresh();
  }

  async function accept(id) {
    const { me } = store.get();
    if (me === null) return onProblem('There is no agent who could accept this chat.');
    if (await attempt('This chat was not accepted', () => api.accept(id, me))) await select(id);
  }

  function acceptNext() {
    const [next] = waitingChats(store.get());
    return next && accept(next.id);
  }

  function step(by) {
    const mine = myChats(store.get());
    if (mine.length === 0) return;
    const at = mine.findIndex((chat) => chat.id === store.get().selected);
    return select(mine[at < 0 ? 0 : (at + by + mine.length) % mine.length].id);
  }

  return {
    select,
    accept,
    acceptNext,
    step,
    say: (chat, words, workNote, files) =>
      attempt('Your message was not sent', async () => {
        const text = words || captionOf(files);
        const saying = { agent: store.get().me, text, workNote };
        await api.say(chat, files.length === 0 ? saying : { ...saying, files: await asAttachments(files) });
      }),
    transfer: (chat, target) => attempt('This chat was not transferred', () => api.transfer(chat, target)),
    close: (chat, closing) =>
      attempt('This chat was not closed', () => api.close(chat, { agent: store.get().me, ...closing })),
    misbehave: (rule, before) =>
      attempt('ServiceNow’s behaviour was not changed', async () => {
        for (const id of before) await api.removeFault(id);
        if (rule) await api.addFault(rule);
      }),
    /** The chat on screen when I am the one who answers in it. */
    current: () => {
      const chat = selectedChat(store.get());
      return chat && isMine(store.get(), chat) ? chat : undefined;
    },
  };
}
