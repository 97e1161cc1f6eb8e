import type { Bot, UserMessage } from '../bot/bot';
import { answer } from '../bot/conversation';
import type { Item } from '../dialogue/collector';
import { isObject } from '../events';
import { serverError, unreadableBody } from './errors';
import { type Answer, items, type RasaRequest } from './exchange';

/** The words for values in the language Rasa is written in. */
function asText(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What a channel reads from a body: the message, or the answer to a body it cannot read. */
export function readMessage(request: RasaRequest): { body: Record<string, unknown> } | { refusal: Answer } {
  if (request.body === '') return { refusal: serverError(500, "'NoneType' object has no attribute 'get'") };
  try {
    const body: unknown = JSON.parse(request.body);
    return isObject(body) ? { body } : { refusal: serverError(500, `'${typeof body}' object has no attribute 'get'`) };
  } catch {
    return { refusal: unreadableBody };
  }
}

/** Whose message it is. Everybody who does not say shares one conversation. */
export function senderOf(body: Record<string, unknown>): string {
  const sender = body.sender ?? null;
  return sender === null ? 'default' : asText(sender);
}

/** Answers a message over REST: whatever goes wrong inside, the status is 200 and the list is what there was until then. */
export async function restMessage(bot: Bot, request: RasaRequest): Promise<Answer> {
  const read = readMessage(request);
  if ('refusal' in read) return read.refusal;
  const message = messageFrom(bot, read.body);
  if (request.query.get('stream')?.toLowerCase() === 'true') return streamed(bot, message, request.signal);
  const collected: Item[] = [];
  const output = { say: async (said: readonly Item[]) => void collected.push(...said) };
  const processed = await attempt(() => played(bot, message, output, request.signal));
  return items(collected, processed);
}

type Say = { say(said: readonly Item[]): Promise<void> };

async function played(bot: Bot, message: UserMessage | undefined, output: Say, signal: AbortSignal): Promise<boolean> {
  return message ? answer(bot, message, output, signal) : false;
}

/** In a stream a failure is not swallowed: the connection stays open and nothing comes. */
function streamed(bot: Bot, message: UserMessage | undefined, signal: AbortSignal): Answer {
  const play = async (write: (item: Item) => void) => {
    const output = { say: async (said: readonly Item[]) => said.forEach(write) };
    if (!message) throw new Error('no message');
    await answer(bot, message, output, signal);
  };
  return { status: 200, content: { kind: 'stream', play } };
}

function messageFrom(bot: Bot, body: Record<string, unknown>): UserMessage | undefined {
  const { message, input_channel: channel, metadata } = body;
  if (typeof message !== 'string') return undefined;
  const kept = bot.settings.metadataOnRest && isObject(metadata) ? metadata : undefined;
  return { sender: senderOf(body), text: message.trim(), channel: asText(channel ?? 'rest'), metadata: kept };
}

async function attempt(work: () => Promise<boolean>): Promise<boolean> {
  try {
    return await work();
  } catch {
    return false;
  }
}
