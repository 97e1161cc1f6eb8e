import type { TurnContext } from 'botbuilder';
import type { ConversationEvent, Sender } from '../conversation/events';
import type { ConversationKey, FileRef, Instant, TurnId } from '../conversation/types';
import type { Clock } from '../engine/ports';
import type { Texts } from '../texts/texts';
import { asIncoming, type IncomingActivity } from './activity';
import { filesOf } from './files/attachments';
import { type Consent, consentOf } from './files/consent';
import { senderOf } from './identity';
import { type InvokeAnswer, readInvoke } from './invoke';
import { type OnceWithin, onceWithin } from './once-within';
import { deletionOf, editOf, reactionOf } from './rich-text/changes';
import { type SpokenWords, wordsOf } from './words';

/** Where events go. What it resolves with does not matter here, only that the event is durable then. */
export type OfferEvent = (
  key: ConversationKey,
  event: ConversationEvent,
  offer: { readonly turn?: TurnId; readonly correlation: string },
) => Promise<unknown>;

export interface BotParts {
  readonly offer: OfferEvent;
  /** The employee types: nothing is kept, and nobody waits for what comes of it. */
  readonly typing?: (key: ConversationKey) => void;
  readonly clock: Clock;
  readonly texts: Texts;
}

/** Within this time a second delivery of one thing under another id is taken for the same. */
const sameThingMs = 60_000;

/** Turns what Teams delivers into events. Whatever says nothing about the conversation is taken and forgotten. */
export function makeBot(parts: BotParts): (turn: TurnContext) => Promise<void> {
  const once = onceWithin(sameThingMs, () => parts.clock.now());
  return async (turn) => {
    const activity = asIncoming(turn.activity);
    // What the bot itself said and gets to hear again would go round for ever.
    if (activity.from?.id && activity.from.id === activity.recipient?.id) return undefined;
    switch (activity.type) {
      case 'message':
        return spoke(parts, activity, wordsOf(activity), filesOf(activity));
      case 'messageUpdate':
      case 'messageDelete':
      case 'messageReaction':
        return changedHerMind(parts, activity);
      case 'installationUpdate':
        return installationChanged(parts, once, activity);
      case 'conversationUpdate':
        return membersChanged(parts, once, activity);
      case 'typing':
        return typed(parts, activity);
      case 'invoke':
        return invoked(parts, once, activity, turn);
      default:
        return undefined;
    }
  };
}

function typed({ typing }: BotParts, activity: IncomingActivity): void {
  const sender = isPersonal(activity) ? senderOf(activity) : undefined;
  if (sender) typing?.(sender.key);
}

async function spoke(
  parts: BotParts,
  activity: IncomingActivity,
  words: SpokenWords | undefined,
  files: readonly FileRef[] = [],
): Promise<void> {
  if (!isPersonal(activity)) return offer(parts, activity, 'spoke_in_group');
  if (!words && files.length === 0) return;
  return offer(parts, activity, 'user_spoke', { text: '', ...words, ...(files.length > 0 ? { files } : {}) });
}

/**
 * An edit or a deletion has the id of the message that it concerns, so its own is made of that and the time; then it is taken once, as
 * every turn is.
 */
async function changedHerMind(parts: BotParts, activity: IncomingActivity): Promise<void> {
  const sender = senderOf(activity);
  if (!sender || !isPersonal(activity)) return;
  const { key, reference, user } = sender;
  const at = parts.clock.now();
  const from = { reference, user };
  for (const [index, event] of changesOf(activity, from, at).entries()) {
    const stamp = typeof activity.timestamp === 'string' ? activity.timestamp : '';
    const turn = `${activity.id ?? activity.replyToId}:${event.type}:${stamp}:${index}` as TurnId;
    await parts.offer(key, event, { turn, correlation: turn });
  }
}

function changesOf(activity: IncomingActivity, from: Sender, at: Instant): ConversationEvent[] {
  const edit = editOf(activity);
  if (edit?.words) return [{ type: 'user_edited', message: { turn: edit.turn, ...edit.words, at }, from, at }];
  const withdrawn = edit ?? deletionOf(activity);
  if (withdrawn) return [{ type: 'user_withdrew', turn: withdrawn.turn, from, at }];
  const added = reactionOf(activity)?.added ?? [];
  return added.map(({ emoji, name }) => ({ type: 'user_reacted', reaction: emoji ?? name, from, at }));
}

async function installationChanged(parts: BotParts, once: OnceWithin, activity: IncomingActivity): Promise<void> {
  if (!isPersonal(activity)) return;
  if (activity.action === 'add') return installed(parts, once, activity);
  if (activity.action !== 'remove') return;
  once.forget(installation(activity));
  return offer(parts, activity, 'app_uninstalled');
}

async function membersChanged(parts: BotParts, once: OnceWithin, activity: IncomingActivity): Promise<void> {
  const bot = activity.recipient?.id;
  const isAdded = activity.membersAdded?.some((member) => member.id === bot) ?? false;
  if (isAdded && bot && activity.from?.id !== bot && isPersonal(activity)) return installed(parts, once, activity);
}

/** Teams tells of one installation by two activities, in either order. */
function installed(parts: BotParts, once: OnceWithin, activity: IncomingActivity): Promise<void> {
  return once.run(installation(activity), () => offer(parts, activity, 'app_installed'));
}

function installation(activity: IncomingActivity): string {
  return `installation ${activity.conversation?.id} ${activity.from?.id}`;
}

async function invoked(
  parts: BotParts,
  once: OnceWithin,
  activity: IncomingActivity,
  turn: TurnContext,
): Promise<void> {
  const consent = consentOf(activity);
  if (consent) return answered(parts, once, activity, consent, turn);
  const invoke = readInvoke(activity);
  if (!invoke) return;
  await once.run(invoke.name, () => spoke(parts, activity, invoke.words));
  const text = parts.texts.say(activity.locale ?? undefined, 'teams.click_taken');
  const body = { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: text };
  await turn.sendActivity({ type: 'invokeResponse', value: { status: 200, body } satisfies InvokeAnswer });
}

/** The employee answered to the offer of a file. */
async function answered(
  { offer: take, clock }: BotParts,
  once: OnceWithin,
  activity: IncomingActivity,
  { name, file, target }: Consent,
  turn: TurnContext,
): Promise<void> {
  const sender = senderOf(activity);
  if (sender && isPersonal(activity)) {
    const { key, reference, user } = sender;
    const at = clock.now();
    const from = { reference, user };
    const event = target
      ? ({ type: 'file_accepted', file, target, from, at } as const)
      : ({ type: 'file_declined', file, from, at } as const);
    const id = activity.id as TurnId;
    await once.run(name, async () => void (await take(key, event, { turn: id, correlation: id })));
  }
  await turn.sendActivity({ type: 'invokeResponse', value: { status: 200 } satisfies InvokeAnswer });
}

function isPersonal({ conversation }: IncomingActivity): boolean {
  const type = conversation?.conversationType;
  return type ? type === 'personal' : !conversation?.isGroup;
}

async function offer(
  { offer: take, clock }: BotParts,
  activity: IncomingActivity,
  type: 'user_spoke' | 'app_installed' | 'app_uninstalled' | 'spoke_in_group',
  words: SpokenWords & { readonly files?: readonly FileRef[] } = { text: '' },
): Promise<void> {
  const sender = senderOf(activity);
  if (!sender) return;
  const at: Instant = clock.now();
  const { key, reference, user } = sender;
  const from = { reference, user };
  const turn = (activity.id ?? undefined) as TurnId | undefined;
  const event: ConversationEvent =
    type === 'user_spoke' ? { type, message: { turn: turn as TurnId, ...words, at }, from, at } : { type, from, at };
  await take(key, event, { ...(turn === undefined ? {} : { turn }), correlation: turn ?? `${type}:${at}` });
}
