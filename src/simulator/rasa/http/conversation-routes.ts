import type { Bot } from '../bot/bot';
import { addEvents, change, execute, knowsIntent, log, trigger } from '../bot/conversation';
import { keepSession } from '../bot/session';
import type { Item } from '../dialogue/collector';
import { eventComplaint, isObject, type NewEvent } from '../events';
import type { Draft } from '../trackers';
import { ApiError } from './errors';
import { type Answer, json, plain, type RasaRequest } from './exchange';
import { storyOf, trackerView, verbosityFrom } from './tracker-view';

/** Delivers what a bot says through another channel than the caller's. */
export type Deliver = (channel: string, sender: string, said: readonly Item[]) => Promise<void>;

/** A call about one conversation. */
export interface Call {
  readonly bot: Bot;
  readonly id: string;
  readonly request: RasaRequest;
  readonly deliver: Deliver;
}

type Route = (call: Call) => Promise<Answer>;

/** What can be done with a conversation, by method and the end of the path. */
export const conversationRoutes: Readonly<Record<string, Readonly<Record<string, Route>>>> = {
  tracker: { GET: readTracker },
  'tracker/events': { POST: writeEvents, PUT: replaceEvents },
  messages: { POST: addMessage },
  trigger_intent: { POST: triggerIntent },
  execute: { POST: executeAction },
  story: { GET: readStory },
};

async function readTracker({ bot, id, request }: Call): Promise<Answer> {
  const verbosity = verbosityFrom(request.query);
  const draft = bot.trackers.draft(id);
  if (draft.events.length === 0) keepSession(bot, draft);
  const until = Number(request.query.get('until') ?? Number.NaN);
  const seen = Number.isNaN(until) ? draft : draftUntil(bot, draft, until);
  return json(200, trackerView(seen, verbosity, bot.settings.version));
}

function draftUntil(bot: Bot, draft: Draft, until: number): Draft {
  const past = bot.trackers.blank(draft.id);
  for (const event of draft.events) if (event.timestamp <= until) past.append(event);
  return past;
}

async function writeEvents(call: Call): Promise<Answer> {
  const { bot, id, request } = call;
  const events = eventsIn(call);
  const draft = await addEvents(bot, id, events, request.signal);
  const channel = channelFor(call, draft);
  if (request.query.get('execute_side_effects')?.toLowerCase() === 'true' && channel) {
    const said = events.filter(({ event }) => event === 'bot').map(({ text }) => ({ recipient_id: id, text }));
    await call.deliver(channel, id, said);
  }
  return view(call, draft);
}

async function replaceEvents(call: Call): Promise<Answer> {
  const events = eventsIn(call);
  const draft = await change(call.bot, call.id, call.request.signal, async (replaced) => {
    replaced.forget();
    for (const event of events) replaced.append(event);
  });
  return view(call, draft);
}

async function addMessage(call: Call): Promise<Answer> {
  const { text, sender, parse_data: parsed } = bodyOf(call);
  if (sender !== 'user')
    throw new ApiError('BadRequest', 'Currently, only user messages can be passed to this endpoint.');
  if (typeof text !== 'string') throw new ApiError('BadRequest', "Missing key 'text' in the request body.");
  const message = { sender: call.id, text, channel: 'rest', metadata: undefined };
  return view(call, await log(call.bot, message, isObject(parsed) ? parsed : undefined, call.request.signal));
}

async function triggerIntent(call: Call): Promise<Answer> {
  const { name, entities } = bodyOf(call);
  if (typeof name !== 'string') throw new ApiError('BadRequest', 'Missing key `name`.');
  if (!knowsIntent(call.bot, name)) throw new ApiError('NotFound', `The intent ${name} does not exist in the domain.`);
  const found = entitiesFrom(entities);
  return collected(call, (output) => trigger(call.bot, call.id, name, found, output, call.request.signal));
}

async function executeAction(call: Call): Promise<Answer> {
  const { name } = bodyOf(call);
  if (typeof name !== 'string') throw new ApiError('BadRequest', "Missing key 'name' in the request body.");
  if (!call.bot.trackers.has(call.id)) throw new ApiError('NotFound', 'Conversation ID not found.');
  return collected(call, (output) => execute(call.bot, call.id, name, output, call.request.signal));
}

async function readStory({ bot, id }: Call): Promise<Answer> {
  if (!bot.trackers.has(id)) throw new ApiError('NotFound', 'Conversation ID not found.');
  return plain(200, storyOf(bot.trackers.draft(id)));
}

type Said = { say(said: readonly Item[]): Promise<void> };

/** What the bot says is part of the answer, unless another channel is named. */
async function collected(call: Call, work: (output: Said) => Promise<Draft>): Promise<Answer> {
  const messages: Item[] = [];
  const channel = channelFor(call, call.bot.trackers.draft(call.id));
  const say = async (said: readonly Item[]) =>
    channel ? call.deliver(channel, call.id, said) : void messages.push(...said);
  const draft = await work({ say });
  const tracker = trackerView(draft, verbosityFrom(call.request.query), call.bot.settings.version);
  return json(200, channel ? { tracker } : { tracker, messages });
}

function channelFor({ request }: Call, draft: Draft): string | undefined {
  const asked = request.query.get('output_channel') ?? undefined;
  if (asked !== 'latest') return asked === 'collector' ? undefined : asked;
  const latest = draft.events.findLast(({ event }) => event === 'user')?.input_channel;
  return typeof latest === 'string' ? latest : undefined;
}

function view({ bot, request }: Call, draft: Draft): Answer {
  return json(200, trackerView(draft, verbosityFrom(request.query), bot.settings.version));
}

function eventsIn({ request, bot }: Call): readonly NewEvent[] {
  const body = parsed(request.body);
  const events = Array.isArray(body) ? body : [body];
  const knowsSessionEnd = bot.settings.version === 'pro-3.16';
  const complaint = events.map((event) => eventComplaint(event, knowsSessionEnd)).find((one) => one !== undefined);
  if (events.length > 0 && complaint === undefined) return events as readonly NewEvent[];
  throw new ApiError('BadRequest', `Couldn't extract a proper event from the request body: ${complaint}.`);
}

function bodyOf({ request }: Call): Record<string, unknown> {
  const body = parsed(request.body);
  if (!isObject(body)) throw new ApiError('BadRequest', 'The request body is not an object.');
  return body;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new ApiError('BadRequest', 'The request body is not valid JSON.');
  }
}

function entitiesFrom(value: unknown): readonly { entity: string; value: unknown }[] {
  if (Array.isArray(value)) return value.filter((one) => isObject(one) && typeof one.entity === 'string');
  return isObject(value) ? Object.entries(value).map(([entity, one]) => ({ entity, value: one })) : [];
}
