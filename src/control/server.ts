import { lstatSync, unlinkSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Log } from '../engine/ports';
import type { ConversationStore } from '../engine/store';
import { type Ledger, makeLedger, type OfferEvent } from './ledger';
import { type BackedUp, type Route, requests } from './protocol';
import { sendTranscript } from './transcript';

export interface ControlParts {
  /** Of the socket. */
  readonly path: string;
  readonly store: ConversationStore;
  readonly offer: OfferEvent;
  /** Copies the database into a new file; its message says why when it cannot. */
  readonly backUp?: (file: string) => Promise<number>;
  readonly log: Log;
}

export interface Control {
  close(): Promise<void>;
}

const longestBody = 64 * 1024;
const longestRequestMs = 10_000;

/**
 * Lets the admin of this machine ask the running connector, which has the database to itself: JSON over HTTP on a socket that only
 * its own user may open. A connector whose socket cannot be made works all the same; the log says why.
 */
export async function startControl(parts: ControlParts): Promise<Control> {
  const { path, log } = parts;
  const ledger = makeLedger(parts);
  const server = createServer((request, response) => {
    answer(parts, ledger, request, response).catch((error: unknown) => {
      log.error('control_failed', { route: request.url, error: (error as Error).name });
      refuse(response, 500, 'fault');
    });
  });
  server.requestTimeout = longestRequestMs;
  try {
    removeStale(path);
    await listen(server, path);
  } catch (error) {
    log.warn('control_unavailable', { code: (error as NodeJS.ErrnoException).code });
    return { close: async () => {} };
  }
  return { close: () => close(server) };
}

/** A socket that a killed process left behind. Whoever owns the database owns its socket. */
function removeStale(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found?.isSocket()) unlinkSync(path);
}

/** The socket is made with the rights of its owner alone from its first moment: it is made while `listen` is called. */
function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('listening', resolve);
    const before = process.umask(0o177);
    try {
      server.listen(path);
    } finally {
      process.umask(before);
    }
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function answer(
  parts: ControlParts,
  ledger: Ledger,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { store, log } = parts;
  const route = (request.url ?? '').slice(1);
  if (request.method !== 'POST' || !isRoute(route)) return refuse(response, 404, 'unknown route');
  const body = await readBody(request);
  if (body === undefined) return refuse(response, 413, 'too large');
  try {
    switch (route) {
      case 'trail':
        return send(response, await ledger.trail(requests.trail.parse(body).id));
      case 'given_up': {
        const { since, after } = requests.given_up.parse(body);
        return send(response, await ledger.givenUp(since, after));
      }
      case 'redrive': {
        const { key, seq } = requests.redrive.parse(body);
        const redriven = await ledger.redrive(key, seq);
        log.info('redrive', { seq, ...redriven });
        return send(response, redriven);
      }
      case 'backup': {
        const backedUp = await backUp(parts, requests.backup.parse(body).file);
        log.info('backup', backedUp.outcome === 'written' ? backedUp : { outcome: 'refused' });
        return send(response, backedUp);
      }
      case 'transcript':
        return await sendTranscript(response, store, requests.transcript.parse(body));
    }
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    refuse(response, 400, error.issues.map((issue) => issue.path.join('.') || issue.code).join(', '));
  }
}

async function backUp({ backUp: copy }: ControlParts, file: string): Promise<BackedUp> {
  if (!copy) return { outcome: 'refused', reason: 'this database is not a file' };
  try {
    return { outcome: 'written', bytes: await copy(file) };
  } catch (error) {
    return { outcome: 'refused', reason: (error as Error).message };
  }
}

function isRoute(name: string): name is Route {
  return Object.hasOwn(requests, name);
}

/** `undefined` when it is too large; what is not JSON is nothing that any route takes. */
async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > longestBody) return undefined;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch {
    return null;
  }
}

/** Without `writeHead`: the web framework in the same process puts one of its own in its place, which answers nothing. */
function send(response: ServerResponse, body: unknown): void {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(body));
}

function refuse(response: ServerResponse, status: number, error: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.statusCode = status;
  response.setHeader('connection', 'close');
  send(response, { error });
}
