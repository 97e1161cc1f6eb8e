import { elapsed } from './format.js';

/** Every second, writes into each `[data-since]` how long ago that moment is by the simulator's clock. */
export function mountTicker(store) {
  const tick = () => {
    const now = Date.now() + store.get().clockOffset;
    for (const node of document.querySelectorAll('[data-since]')) {
      node.textContent = elapsed(now - Number(node.dataset.since));
    }
  };
  setInterval(tick, 1000);
  store.subscribe(tick);
}
