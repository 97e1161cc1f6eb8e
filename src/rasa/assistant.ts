import type { AssistantAnswer, AssistantItem } from '../conversation/content';
import type { Assistant, AssistantTurn, CallContext, Log, LookedUpTurn } from '../engine/ports';
import { type Caller, makeCaller } from '../upstream/call';
import { onlyTo } from '../upstream/reach';
import { itemsSaid } from './bot-events';
import { makeClient, type RasaClient } from './client';
import { tell } from './news';
import { recall } from './recall';
import { findInRecords, type RecordedTurn, triggerInRecords } from './records';
import { readReply } from './schema';
import { type SenderFrom, senderFor } from './sender';
import { isRestart, wordsFor } from './slash';
import { triggerInEvents } from './tracker';
import { type Trigger, type TriggerNames, takeTrigger } from './trigger';

export interface AssistantOptions {
  readonly url: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Whether the tracker API is enabled there. */
  readonly tracker: boolean;
  readonly triggers: {
    readonly markers: readonly string[];
    readonly actions: readonly string[];
    readonly hosts: readonly string[];
  };
  /** Aliases of the configured queues. */
  readonly queues: readonly string[];
  /** Slash texts that an employee may type as commands to the assistant. */
  readonly userSlash?: readonly string[];
  readonly senderFrom?: SenderFrom;
  /** Intent that tells the bot of the end of a live chat. What the bot says to it is shown. */
  readonly endIntent?: string;
  /** Token and headers, where they may change while the process runs. */
  readonly secrets?: () => { readonly token?: string; readonly headers: Readonly<Record<string, string>> };
  readonly call?: Caller;
  /** Whether this process may speak for what it owns. */
  readonly mayCall?: () => boolean;
  /** Epoch milliseconds. */
  readonly now?: () => number;
  readonly log: Log;
}

/** Everything that the assistant's three questions share. */
interface Parts extends AssistantOptions {
  readonly client: RasaClient;
  readonly names: TriggerNames;
  readonly actions: readonly string[];
  readonly now: () => number;
}

/** More messages than this in one answer are a bot that went astray. */
const mostItems = 50;
const mostSockets = 256;

/** Rasa as the assistant. Throws a `TypeError` when the address is none. */
export function makeAssistant(options: AssistantOptions): Assistant & { close(): void } {
  const reach = onlyTo(options.url);
  const own = options.call
    ? []
    : [makeCaller('rasa', { reach, maxSockets: mostSockets, mayCall: options.mayCall }), makeCaller('rasa', { reach })];
  const call = options.call ?? (own[0] as Caller);
  const parts: Parts = {
    ...options,
    client: makeClient({ ...options, call, recordsCall: own[1] ?? call }),
    names: { ...options.triggers, queues: options.queues },
    actions: options.triggers.actions,
    now: options.now ?? Date.now,
  };
  const warned = new Set<string>();
  return {
    ask: (turn, context) => ask(parts, turn, context),
    lookUp: (turn, sentAt, context) => lookUp(parts, turn, sentAt, context),
    recall: async (key) => (options.tracker ? recall(parts, senderFor(key, options.senderFrom)) : undefined),
    tell: (key, news, { correlation }) =>
      options.tracker
        ? tell({ ...parts, warned, correlation }, senderFor(key, options.senderFrom), news)
        : Promise.resolve([]),
    close: () => {
      for (const caller of own) caller.close();
    },
  };
}

async function ask(parts: Parts, turn: AssistantTurn, context: CallContext): Promise<AssistantAnswer> {
  const sought = soughtTurn(parts, turn, parts.now(), context);
  const { sender, words: message } = sought;
  const all = readReply(await parts.client.say({ sender, message, metadata: metadataOf(turn) }));
  const { items, trigger } = takeTrigger(all, parts.names);
  const looks = parts.tracker && trigger === undefined && !isRestart(message);
  const form = looks ? await triggerInRecords(parts, sought, all.length === 0) : undefined;
  return answer(parts, sought, items, trigger ?? (form && { form, request: {} }));
}

async function lookUp(parts: Parts, turn: AssistantTurn, sentAt: number, context: CallContext): Promise<LookedUpTurn> {
  if (!parts.tracker) return { outcome: 'unknown' };
  const sought = soughtTurn(parts, turn, sentAt, context);
  const place = await findInRecords(parts, sought);
  if (place === undefined || place.found === 'maybe') return { outcome: 'unknown' };
  if (place.found === 'absent') return { outcome: 'not_processed' };
  const { items, trigger } = takeTrigger(itemsSaid(place.after), parts.names);
  const form = triggerInEvents(place.after, parts.actions);
  return { outcome: 'answered', answer: answer(parts, sought, items, trigger ?? (form && { form, request: {} })) };
}

function soughtTurn(parts: Parts, turn: AssistantTurn, sentAt: number, { correlation }: CallContext): RecordedTurn {
  const { key, message } = turn;
  const words = wordsFor(message, parts.userSlash);
  return { sender: senderFor(key, parts.senderFrom), words, activityId: message.turn, sentAt, correlation };
}

/** Lands in the bot's records: enough to know the turn again and to speak the employee's language, and no name. */
function metadataOf({ message, user, reference }: AssistantTurn): Readonly<Record<string, unknown>> {
  return {
    channel: 'msteams',
    tenant_id: reference.tenantId,
    aad_object_id: user.aadObjectId,
    locale: user.locale,
    timezone: user.timezone,
    conversation_type: 'personal',
    activity_id: message.turn,
  };
}

function answer(
  { log }: Parts,
  { words, correlation }: RecordedTurn,
  items: readonly AssistantItem[],
  trigger: Trigger | undefined,
): AssistantAnswer {
  if (items.length > mostItems) log.warn('rasa_answer_cut', { correlation, items: items.length });
  const shown = items.slice(0, mostItems);
  if (trigger === undefined || isRestart(words)) return { items: shown };
  log.info('handoff_triggered', { correlation, form: trigger.form });
  return { items: shown, handoff: trigger.request };
}
