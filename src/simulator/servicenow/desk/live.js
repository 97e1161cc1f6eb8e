import { eventsUrl } from './api.js';

const reopenAfterMs = 2000;

/**
 * Calls `onChange(chatId or null)` whenever the simulator says that something changed, also after each (re)connection,
 * because changes may have been missed; `onLink` hears whether the line is up.
 */
export function listen({ onChange, onLink }) {
  const source = new EventSource(eventsUrl);
  source.addEventListener('open', () => {
    onLink('live');
    onChange(null);
  });
  source.addEventListener('change', (event) => onChange(JSON.parse(event.data).chat ?? null));
  source.addEventListener('error', () => {
    onLink('lost');
    // The browser reconnects by itself unless the answer was not an event stream.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => listen({ onChange, onLink }), reopenAfterMs);
  });
}
