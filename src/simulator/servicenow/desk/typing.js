import * as api from './api.js';
import { selectedChat } from './chats.js';

const silentAfterMs = 5000;

/** Lets the employee see that I write, where the way to that employee can tell. */
export function mountTyping(store, text) {
  let chat = null;
  let timer;

  function forget() {
    clearTimeout(timer);
    chat = null;
  }

  function stop() {
    if (chat !== null) void tell(chat, false);
    forget();
  }

  text.addEventListener('input', () => {
    const current = selectedChat(store.get());
    if (!current?.tellsTyping || text.value === '' || text.form.elements.mode.value === 'note') return stop();
    clearTimeout(timer);
    timer = setTimeout(stop, silentAfterMs);
    if (chat === current.id) return;
    stop();
    timer = setTimeout(stop, silentAfterMs);
    chat = current.id;
    void tell(chat, true);
  });
  // Words that are sent end the typing by themselves.
  text.form.addEventListener('submit', forget);
  text.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey) forget();
  });
  store.subscribe((state) => chat !== null && state.selected !== chat && stop());
}

/** Nobody misses an indicator that does not arrive. */
function tell(chat, on) {
  return api.typing(chat, on).catch(() => {});
}
