import { lstatSync, statSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { dirname, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Instant } from '../conversation/types';
import type { Ledger } from './ledger';
import { controlPath } from './path';
import { answers, type BackedUp, type Route } from './protocol';
import type { SaidLine } from './transcript';

/** The running connector did not answer as agreed. */
export class ControlError extends Error {
  override readonly name = 'ControlError';
}

/** What a running connector can be asked. */
export interface ControlClient extends Ledger {
  transcript(from: Instant, to: Instant): AsyncIterable<SaidLine>;
  /** Copies the database into a new file, by its whole path. */
  backUp(file: string): Promise<BackedUp>;
}

/** The connector that has this database file; `undefined` when none is running. */
export async function connectControl(databaseFile: string): Promise<ControlClient | undefined> {
  const path = controlPath(databaseFile);
  if (!isOurs(path, databaseFile) || !(await isListening(path))) return undefined;
  return makeClient(path);
}

function makeClient(path: string): ControlClient {
  const ask = async (route: Route, body: object): Promise<unknown> => {
    const response = await post(path, route, body);
    const text = await readAll(response);
    if (response.statusCode !== 200) throw refusal(route, response);
    return JSON.parse(text) as unknown;
  };
  return {
    trail: async (id) => answers.trail(await ask('trail', { id })),
    givenUp: async (since, after) => answers.given_up(await ask('given_up', { since, after })),
    redrive: async (key, seq) => answers.redrive(await ask('redrive', { key, seq })),
    backUp: async (file) => answers.backup(await ask('backup', { file })),
    transcript: (from, to) => transcript(path, from, to),
  };
}

/** A socket in the folder for temporary files could be anybody's: only that of the database's owner is believed. */
function isOurs(path: string, databaseFile: string): boolean {
  const socket = lstatSync(path, { throwIfNoEntry: false });
  if (!socket?.isSocket()) return false;
  if (dirname(path) === dirname(resolve(databaseFile))) return true;
  return socket.uid === statSync(databaseFile, { throwIfNoEntry: false })?.uid;
}

function isListening(path: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED' || error.code === 'ENOENT') return resolve(false);
      reject(new ControlError(`The connector at ${path} cannot be asked (${error.code}).`, { cause: error }));
    });
  });
}

async function* transcript(path: string, from: Instant, to: Instant): AsyncIterable<SaidLine> {
  const response = await post(path, 'transcript', { from, to });
  if (response.statusCode !== 200) throw refusal('transcript', response);
  let isWhole = false;
  for await (const line of createInterface({ input: response })) {
    isWhole = line === '';
    if (!isWhole) yield JSON.parse(line) as SaidLine;
  }
  if (!isWhole) throw new ControlError('The connector ended while it was being asked; ask again.');
}

function refusal(route: string, { statusCode }: IncomingMessage): ControlError {
  return new ControlError(`The connector does not answer ${route} (${statusCode}); its log says why.`);
}

function post(path: string, route: Route, body: object): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const call = request({ socketPath: path, path: `/${route}`, method: 'POST', headers, agent: false });
    call.once('response', resolve);
    call.once('error', reject);
    call.setTimeout(30_000, () => call.destroy(new ControlError('The connector does not answer.')));
    call.end(JSON.stringify(body));
  });
}

async function readAll(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
