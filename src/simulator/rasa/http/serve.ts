import type { IncomingMessage, ServerResponse } from 'node:http';
import { isObject } from '../events';
import type { Fault } from '../faults/fault';
import type { Target } from '../faults/fault-book';
import { spoilAnswer } from '../faults/spoil-answer';
import { type Levers, spoilRequest } from '../faults/spoil-request';
import type { World } from '../world';
import { deliver, resetConnection } from './deliver';
import { serverError } from './errors';
import type { Answer, RasaRequest, StopReason } from './exchange';
import type { LoggedRequest, Outcome } from './request-log';
import { senderOf } from './rest-channel';
import { areaOf, route } from './router';

const tooLarge = Symbol('too large');

/** What serving a request takes. `stop` ends all turns. */
export interface Serving {
  readonly world: World;
  readonly levers: Levers;
  readonly stop: AbortSignal;
}

/** Serves one request from its first byte to its last, faults included. */
export async function serve(serving: Serving, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const { world } = serving;
  const [path = '/', query = ''] = (incoming.url ?? '/').split(/\?(.*)/s);
  const entry = world.log.open({ method: incoming.method ?? 'GET', path, query, headers: incoming.headers });
  const unread = world.faults.beforeReading({ area: areaOf(path), path, sender: undefined });
  if (unread.length > 0) {
    entry.faults = unread.map(({ kind }) => kind);
    world.log.close(entry, 'broken');
    resetConnection(incoming.socket);
    return;
  }
  const body = await readBody(incoming, world.settings.maxBodyBytes);
  if (body === undefined) return world.log.close(entry, 'aborted');
  const text = body === tooLarge ? '' : body;
  world.log.read(entry, text, senderIn(path, text));
  await underWatch(serving, response, async (signal) => {
    const { method, headers } = entry;
    const request = { method, path, query: new URLSearchParams(query), headers, body: text, signal };
    const refusal = body === tooLarge ? serverError(413, 'Request body exceeds the size limit') : undefined;
    const answer = refusal ?? (await answered(serving, entry, request));
    Object.assign(entry, { status: answer.status, processed: answer.processed ?? false });
    const ends = (outcome: Outcome) => world.log.close(entry, outcome);
    await deliver(answer, { response, clock: world.clock, signal, ends });
  });
}

/** Gives the work a signal that says when to stop: the client has gone, the time is up, or the server stops. */
async function underWatch(
  { world, stop }: Serving,
  response: ServerResponse,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const controller = new AbortController();
  const end = (reason: StopReason) => controller.abort(reason);
  const stopped = () => end('server stops');
  const done = new AbortController();
  response.on('close', () => end('client gone'));
  stop.addEventListener('abort', stopped, { once: true });
  const limit = world.clock.sleep(world.settings.responseTimeoutMs, done.signal);
  limit.then(() => end('time is up')).catch(() => undefined);
  try {
    await work(controller.signal);
  } finally {
    stop.removeEventListener('abort', stopped);
    done.abort();
  }
}

async function answered({ world, levers }: Serving, entry: LoggedRequest, request: RasaRequest): Promise<Answer> {
  const target: Target = { area: areaOf(request.path), path: request.path, sender: entry.sender };
  const faults = world.faults.afterReading(target);
  entry.faults = faults.map(({ kind }) => kind);
  try {
    for (const fault of faults) {
      const instead = await spoilRequest(fault, target, levers, request.signal);
      if (instead) return instead;
    }
    return faults.reduce((answer, fault) => spoilAnswer(fault, answer), await handled(world, request, faults));
  } catch (error) {
    return serverError(request.signal.aborted ? 503 : 500, String(error));
  }
}

async function handled(world: World, request: RasaRequest, faults: readonly Fault[]): Promise<Answer> {
  const pushFault = faults.find((fault) => fault.kind === 'push')?.how;
  if (faults.some(({ kind }) => kind === 'twice')) await route(world.bot, request, pushFault);
  return route(world.bot, request, pushFault);
}

/** The body as text, a mark when there is too much of it, or nothing when the client left meanwhile. */
async function readBody(incoming: IncomingMessage, most: number): Promise<string | typeof tooLarge | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of incoming) {
      size += chunk.length;
      if (size <= most) chunks.push(chunk);
    }
  } catch {
    return undefined;
  }
  return size > most ? tooLarge : Buffer.concat(chunks).toString();
}

function senderIn(path: string, body: string): string | undefined {
  const conversation = /^\/conversations\/(.+?)\/(?:tracker|messages|trigger_intent|execute|story)/.exec(path)?.[1];
  if (conversation !== undefined || !path.endsWith('/webhook')) return conversation;
  try {
    const parsed: unknown = JSON.parse(body);
    return isObject(parsed) ? senderOf(parsed) : undefined;
  } catch {
    return undefined;
  }
}
