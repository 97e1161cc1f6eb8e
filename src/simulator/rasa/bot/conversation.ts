import { type Understanding, understand } from '../dialogue/nlu';
import { actionOf, intentsOf } from '../dialogue/script';
import type { NewEvent } from '../events';
import { hexId } from '../random';
import type { Draft } from '../trackers';
import type { Bot, Output, UserMessage } from './bot';
import { keepSession, listen, startSession } from './session';
import { perform, playRules } from './turn';

/** Answers a message of a user. True once the turn is in the tracker. */
export async function answer(bot: Bot, message: UserMessage, output: Output, signal: AbortSignal): Promise<boolean> {
  if (!bot.isLoaded()) return false;
  return bot.locks.hold(message.sender, signal, async () => {
    const draft = bot.trackers.draft(message.sender);
    if (draft.state.ended) return false;
    keepSession(bot, draft, message.metadata);
    const heard = understand(message.text, bot.script(), bot.settings.declaredIntents);
    hear(bot, draft, heard, message);
    await reply(bot, draft, heard, message.channel, output, signal);
    bot.trackers.save(draft);
    return true;
  });
}

/** Puts a message in the tracker without answering it. */
export function log(bot: Bot, message: UserMessage, parsed: object | undefined, signal: AbortSignal): Promise<Draft> {
  return change(bot, message.sender, signal, async (draft) => {
    keepSession(bot, draft, message.metadata);
    const heard = { ...understand(message.text, bot.script(), bot.settings.declaredIntents), ...parsed };
    hear(bot, draft, heard, message);
  });
}

/** Lets the bot react to an intent that no user expressed. */
export function trigger(
  bot: Bot,
  id: string,
  intent: string,
  entities: Understanding['entities'],
  output: Output,
  signal: AbortSignal,
): Promise<Draft> {
  return change(bot, id, signal, async (draft) => {
    keepSession(bot, draft);
    const named = { name: intent, confidence: 1 };
    const heard = { text: `EXTERNAL: ${intent}`, intent: named, entities, intent_ranking: [named] };
    const channel = latestChannel(draft) ?? 'rest';
    hear(bot, draft, heard, { sender: id, text: heard.text, channel, metadata: { is_external: true } });
    await reply(bot, draft, heard, channel, output, signal);
  });
}

/** Runs one action, paused or not. */
export function execute(bot: Bot, id: string, action: string, output: Output, signal: AbortSignal): Promise<Draft> {
  return change(bot, id, signal, async (draft) => {
    if (action === 'action_listen') return listen(draft);
    if (action === 'action_session_start') return startSession(bot, draft);
    const rule = bot.script().rules.find((one) => actionOf(one) === action);
    if (!rule) throw new Error(`Cannot find action '${action}'.`);
    const heard = understand(String(draft.state.latestMessage.text ?? ''), bot.script());
    await perform({ bot, draft, heard, channel: latestChannel(draft) ?? 'rest', output, signal }, rule);
  });
}

/** Adds events from outside. */
export function addEvents(bot: Bot, id: string, events: readonly NewEvent[], signal: AbortSignal): Promise<Draft> {
  return change(bot, id, signal, async (draft) => {
    if (draft.events.length === 0) startSession(bot, draft);
    if (draft.state.ended) return;
    for (const event of events) draft.append(event);
  });
}

/** Whether the bot knows an intent of this name. */
export function knowsIntent(bot: Bot, name: string): boolean {
  return intentsOf(bot.script()).has(name) || bot.settings.declaredIntents.includes(name);
}

/** The channel of the user's last message. */
export function latestChannel(draft: Draft): string | undefined {
  const channel = draft.events.findLast(({ event }) => event === 'user')?.input_channel;
  return typeof channel === 'string' ? channel : undefined;
}

/** Works on one conversation under its lock, and saves it when the work went well. */
export function change(
  bot: Bot,
  id: string,
  signal: AbortSignal,
  work: (draft: Draft) => Promise<void>,
): Promise<Draft> {
  return bot.locks.hold(id, signal, async () => {
    const draft = bot.trackers.draft(id);
    await work(draft);
    signal.throwIfAborted();
    bot.trackers.save(draft);
    return draft;
  });
}

function hear(bot: Bot, draft: Draft, heard: Understanding, message: UserMessage): void {
  const { text, channel: input_channel, metadata = {} } = message;
  const message_id = hexId(bot.random);
  const parse_data = { ...heard, message_id, metadata };
  draft.append({ event: 'user', text, parse_data, input_channel, message_id, metadata });
  for (const { entity, value } of heard.entities) {
    if (entity in draft.state.slots) draft.append({ event: 'slot', name: entity, value });
  }
}

/** A paused bot says nothing, unless it is told to start over. */
async function reply(
  bot: Bot,
  draft: Draft,
  heard: Understanding,
  channel: string,
  output: Output,
  signal: AbortSignal,
): Promise<void> {
  if (draft.state.paused && heard.intent.name !== 'restart') return;
  await playRules({ bot, draft, heard, channel, output, signal });
  signal.throwIfAborted();
}
