import { z } from 'zod';
import type { TurnId } from '../../conversation/types';
import type { IncomingActivity } from '../activity';
import { type SpokenWords, wordsOf } from '../words';
import { type Reaction, readReaction } from './reactions';

/** A message of the employee that says something else now, or that was taken back and is there again. */
export interface MessageEdit {
  readonly kind: 'edited' | 'restored';
  /** The message, by the id that it has had from the start. */
  readonly turn: TurnId;
  /** What it says now; absent when nothing is left of it. */
  readonly words?: SpokenWords;
}

/** A message that the employee took back. */
export interface MessageDeletion {
  readonly turn: TurnId;
}

/** What an employee thinks of a message of the bot. */
export interface MessageReaction {
  /** The bot's message, by the id that Teams gave it when it was sent. */
  readonly message: string;
  readonly added: readonly Reaction[];
  readonly removed: readonly Reaction[];
}

const eventShape = z.looseObject({ eventType: z.string().nullish() });
const reactionsShape = z.array(z.looseObject({ type: z.string().min(1) }));
const editKinds: ReadonlyMap<string, MessageEdit['kind']> = new Map([
  ['editMessage', 'edited'],
  ['undeleteMessage', 'restored'],
]);

/** The edit that an activity tells of; `undefined` when it tells of none. */
export function editOf(activity: IncomingActivity): MessageEdit | undefined {
  const kind = editKinds.get(eventOf(activity));
  if (activity.type !== 'messageUpdate' || !kind || !activity.id) return undefined;
  const words = wordsOf(activity);
  return { kind, turn: activity.id as TurnId, ...(words ? { words } : {}) };
}

/** The deletion that an activity tells of; `undefined` when it tells of none. */
export function deletionOf(activity: IncomingActivity): MessageDeletion | undefined {
  if (activity.type !== 'messageDelete' || !['softDeleteMessage', ''].includes(eventOf(activity))) return undefined;
  return activity.id ? { turn: activity.id as TurnId } : undefined;
}

/** The reactions that an activity tells of; `undefined` when it tells of none. */
export function reactionOf(activity: IncomingActivity): MessageReaction | undefined {
  if (activity.type !== 'messageReaction' || !activity.replyToId) return undefined;
  const added = reactionsIn(activity.reactionsAdded);
  const removed = reactionsIn(activity.reactionsRemoved);
  return added.length + removed.length === 0 ? undefined : { message: activity.replyToId, added, removed };
}

function eventOf({ channelData }: IncomingActivity): string {
  return eventShape.safeParse(channelData).data?.eventType ?? '';
}

function reactionsIn(value: unknown): Reaction[] {
  return (reactionsShape.safeParse(value).data ?? []).map(({ type }) => readReaction(type));
}
