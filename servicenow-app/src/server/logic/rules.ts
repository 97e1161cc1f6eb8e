import { catchUp, messageWritten } from './agent-messages';
import { chatOf } from './chat';
import { type Fields, first, type Glide } from './glide';
import { own } from './names';
import { keepPresent } from './presence';
import { push } from './push';
import { settle } from './settle';

/** After an interaction or a work item changed: where it belongs to a chat of ours, the log tells what has become of it. */
export function interactionChanged(glide: Glide, interaction: string): void {
  const found = first(glide, { table: own.chat, where: [['interaction', '=', interaction]] });
  if (found) settle(glide, chatOf(found));
}

/** After a change got into the log. */
export function changeWritten(glide: Glide, change: Fields): void {
  if (change.author !== 'self') push(glide, change);
}

/** Once a minute: what rules missed, and that the requesters are still there. */
export function catchUpAll(glide: Glide): void {
  const where = [['state', 'IN', ['waiting', 'in_progress']]] as const;
  for (const found of glide.records.find({ table: own.chat, where, limit: 1_000 })) {
    catchUp(glide, chatOf(found));
    if (settle(glide, chatOf(found)).state !== 'ended') keepPresent(glide, found);
  }
}

export { messageWritten };
