const keys = { me: 'desk.me', selected: 'desk.selected', seen: 'desk.seen' };

/** What this tab knew before it was reloaded: who I am, which chat I looked at, what I have read. */
export function recall() {
  const known = {};
  for (const [name, key] of Object.entries(keys)) {
    const value = sessionStorage.getItem(key);
    if (value !== null) known[name] = JSON.parse(value);
  }
  return known;
}

/** Remembers it for this tab only, so that two tabs can be two agents. */
export function remember(store) {
  store.subscribe((state, before) => {
    for (const [name, key] of Object.entries(keys)) {
      if (state[name] !== before[name]) sessionStorage.setItem(key, JSON.stringify(state[name]));
    }
  });
}
