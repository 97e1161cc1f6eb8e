import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { faultForRequest } from '../faults/match';
import { replyInstead, spoiled } from '../faults/replies';
import type { FaultAction, FaultRecord } from '../faults/rule';
import type { Journal, JournalEntry } from '../journal';
import { now, platformNow, type World } from '../model/world';
import type { Answer } from '../platform/answer';
import type { Incoming, Made } from '../platform/call';
import { claimedUser } from '../platform/identity';
import { expireTokens } from '../platform/oauth';
import { answerRequest } from '../platform/platform';
import { chatIn } from '../platform/router';
import { receive } from './receive';
import { drip, reset, send } from './send';
import type { Waits } from './wait';

/** What the platform plane works with. */
export interface Plane {
  readonly world: World;
  readonly journal: Journal;
  readonly waits: Waits;
  /** Runs something that may change the state, and keeps what it changed. */
  act<T>(what: () => T): T;
}

/** One request on its way through the faults. */
interface Passage extends Made {
  readonly incoming: Incoming;
  readonly response: ServerResponse;
  readonly fault: FaultRecord | undefined;
  readonly action: FaultAction;
}

type Ending = Pick<JournalEntry, 'outcome' | 'status'>;

/** Takes a request to the platform plane, bends it as the faults say, and writes it into the journal. */
export async function servePlatform(plane: Plane, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const incoming = await receive(request);
  const started = performance.now();
  const at = now(plane.world);
  const user = claimedUser(plane.world.state, incoming) ?? null;
  const chat = chatIn(incoming.path) ?? null;
  const fault = plane.act(() => choose(plane.world, incoming, user, chat));
  const passage = { incoming, response, fault, action: fault?.rule.do ?? {}, effects: [], afterwards: [] };
  const ending = await passThrough(plane, passage);
  const { method, path, query } = incoming;
  const tookMs = Math.round((performance.now() - started) * 10) / 10;
  const what = { at, method, path, query: query.toString(), user, chat, effects: passage.effects };
  plane.journal.add({ ...what, ...ending, fault: fault?.id ?? null, tookMs });
}

function choose(world: World, incoming: Incoming, user: string | null, chat: string | null): FaultRecord | undefined {
  if (world.state.faults.length === 0) return undefined;
  const { method, path, body } = incoming;
  const subject = { method, path, body, user: user ?? undefined, chat: chat ?? undefined };
  world.keep();
  return faultForRequest(world.state, subject, now(world));
}

/** What was to happen after the answer happens also when that got lost. */
async function passThrough(plane: Plane, passage: Passage): Promise<Ending> {
  try {
    return await pass(plane, passage);
  } finally {
    for (const happen of passage.afterwards) plane.act(happen);
  }
}

async function pass(plane: Plane, passage: Passage): Promise<Ending> {
  const { action, response } = passage;
  if (action.resetBefore) return cut(response);
  if (action.hang && !(typeof action.hang === 'object' && action.hang.effect)) return silence;
  if (action['token.slow']) await plane.waits.wait(action['token.slow'].ms);
  if (action.delay?.effect === 'late') await plane.waits.wait(action.delay.ms);
  const answer = plane.act(() => answerUnder(plane.world, passage));
  if (action.hang) return silence;
  if (action.delay && action.delay.effect !== 'late') await plane.waits.wait(action.delay.ms);
  if (answer.delayMs) await plane.waits.wait(answer.delayMs);
  return action.resetAfter ? cut(response) : deliver(plane, passage, answer);
}

function answerUnder(world: World, { incoming, action, effects, afterwards }: Passage): Answer {
  if (action['token.expireNow']) expireTokens(world, claimedUser(world.state, incoming));
  const instead = replyInstead(action, platformNow(world));
  return instead ?? spoiled(answerRequest(world, incoming, action, { effects, afterwards }), action);
}

async function deliver(plane: Plane, { action, response }: Passage, answer: Answer): Promise<Ending> {
  if (response.destroyed) return { outcome: 'unanswered', status: null };
  response.sendDate = false;
  response.setHeader('date', new Date(platformNow(plane.world)).toUTCString());
  response.setHeader('set-cookie', `JSESSIONID=${randomUUID().replaceAll('-', '')}; Path=/; HttpOnly`);
  if (action.slowDrip) await drip(response, answer, action.slowDrip.bytesPerSec, plane.waits);
  else send(response, answer);
  return { outcome: 'answered', status: answer.status };
}

const silence: Ending = { outcome: 'unanswered', status: null };

function cut(response: ServerResponse): Ending {
  reset(response);
  return { outcome: 'reset', status: null };
}
