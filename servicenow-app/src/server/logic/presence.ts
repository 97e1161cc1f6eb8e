import { type Chat, chatOf } from './chat';
import { type Fields, first, type Glide } from './glide';
import { own, platform, properties } from './names';

/**
 * Keeps the platform from taking requesters for gone while they think: for so long after the last word of a chat. After that the
 * platform may close it, so that no chat stays open for ever where the connector is gone.
 */
export function keepPresent(glide: Glide, found: Fields): void {
  const minutes = Number(glide.property(properties.presenceMinutes));
  const chat = chatOf(found);
  const last = first(glide, { table: own.change, where: [['chat', '=', chat.id]], order: '-sequence' });
  const since = Number(last?.at ?? found.opened_at ?? 0);
  if (glide.now() - since < minutes * 60_000) touch(glide, chat);
}

/** Whoever writes through this API has no browser open; without this the platform takes the requester for gone. */
export function touch(glide: Glide, chat: Chat): void {
  if (chat.binding === '') return;
  glide.records.update(platform.binding, chat.binding, { last_client_activity_time: dateTime(glide.now()) });
}

/** A time as the platform writes it, in UTC. */
function dateTime(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}
