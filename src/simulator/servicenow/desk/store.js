/** Holds the page's one state; whoever subscribed is told after each change. */
export function createStore(initial) {
  let state = initial;
  const listeners = [];
  return {
    get: () => state,
    set(change) {
      const before = state;
      state = { ...state, ...change };
      for (const listener of listeners) listener(state, before);
    },
    subscribe(listener) {
      listeners.push(listener);
      listener(state, state);
    },
  };
}

/** What the page knows before the first answer. */
export const nothingYet = {
  desk: { now: Date.now(), queues: [], agents: [], chats: [], closings: [], faults: [] },
  /** How far the simulator's clock is ahead of this browser's, in milliseconds. */
  clockOffset: 0,
  me: null,
  selected: null,
  /** The thread on screen; it belongs to `chat`, which may still be the chat selected before. */
  thread: { chat: null, rows: [] },
  /** Chat id → how many of its rows I have had before my eyes. */
  seen: {},
  link: 'connecting',
};
