import { readDesk, readPane } from './api.js';

/**
 * Keeps the store up to date. `refresh` reads the lists and the thread on screen; it settles once everything that was
 * true when it was called is in the store. Never two readings at a time, so an older answer cannot replace a newer one.
 */
export function createReader(store, onProblem) {
  let again = false;
  let running = null;

  async function run() {
    while (again) {
      again = false;
      await read(store).catch(onProblem);
    }
    running = null;
  }
  return {
    refresh: () => {
      again = true;
      running ??= run();
      return running;
    },
  };
}

async function read(store) {
  const desk = await readDesk();
  const asked = store.get().selected;
  const known = desk.chats.some((chat) => chat.id === asked);
  const rows = known ? await readPane(asked) : [];
  const state = store.get();
  const unchanged = asked === state.selected;
  store.set({
    desk,
    clockOffset: desk.now - Date.now(),
    me: knownAgent(desk, state.me),
    seen: seenNow(state, desk, unchanged ? asked : null),
    // Whoever selected another chat meanwhile must not see this one's words in it.
    ...(unchanged && { selected: known ? asked : null, thread: { chat: known ? asked : null, rows } }),
  });
}

function knownAgent(desk, me) {
  if (desk.agents.some((agent) => agent.userName === me)) return me;
  return (desk.agents.find((agent) => agent.available) ?? desk.agents[0])?.userName ?? null;
}

function seenNow(state, desk, onScreen) {
  const looking = document.visibilityState === 'visible';
  const entries = desk.chats.map(({ id, rows }) => {
    const before = state.seen[id];
    return [id, before === undefined || (looking && id === onScreen) ? rows : before];
  });
  return Object.fromEntries(entries);
}
