import { byId, type Fields, type Glide } from './glide';
import { own, properties } from './names';

const timeoutMs = 8_000;

/**
 * Tells the connector that there is something to read, signed after Standard Webhooks. It holds ids only: nobody's words leave the
 * instance by this way, and whatever gets lost is read from the log.
 */
export function push(glide: Glide, change: Fields): void {
  const url = glide.property(properties.pushUrl);
  const secret = glide.property(properties.pushSecret);
  if (url === '' || secret === '') return;
  const id = change.sys_id ?? '';
  const body = JSON.stringify(eventOf(glide, change));
  const headers = { 'content-type': 'application/json', ...signature(glide, { id, body, secret }) };
  const status = glide.post({ url, headers, body, timeoutMs });
  if (status < 200 || status > 299) glide.warn(`an event was not taken: ${status}`);
}

function eventOf(glide: Glide, change: Fields) {
  return {
    eventId: change.sys_id ?? '',
    externalId: byId(glide, own.chat, change.chat ?? '')?.external_id ?? '',
    conversationId: change.conversation ?? '',
    sequence: Number(change.sequence),
    type: change.type ?? '',
  };
}

function signature(glide: Glide, { id, body, secret }: { id: string; body: string; secret: string }) {
  const seconds = String(Math.floor(glide.now() / 1_000));
  const key = secret.replace(/^whsec_/, '');
  const mac = glide.mac(key, `${id}.${seconds}.${body}`);
  return { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': `v1,${mac}` };
}
