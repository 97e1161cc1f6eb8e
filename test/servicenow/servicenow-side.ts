import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiFailure } from '../../src/conversation/failures';
import { defaultRules } from '../../src/conversation/rules';
import type {
  ChatId,
  Cursor,
  Employee,
  Handoff,
  HandoffId,
  Instant,
  Line,
  LiveChat,
  ServerTime,
  TurnId,
} from '../../src/conversation/types';
import type { Clock, Desk, FileDesk, Log, OpenRequest, PostRequest } from '../../src/engine/ports';
import { makeConnectSupportDesk } from '../../src/servicenow/connect-support/desk';
import type { ConnectSupportSettings } from '../../src/servicenow/connect-support/parts';
import { deskOptions } from '../../src/servicenow/options';
import { makeScriptedDesk } from '../../src/servicenow/scripted/desk';
import { scriptedOptions } from '../../src/servicenow/scripted/options';
import type { ScriptedSettings } from '../../src/servicenow/scripted/parts';
import type { ServiceNowAuth } from '../../src/servicenow/tokens';
import {
  type ServiceNowSimulator,
  type SimulatorOptions,
  startServiceNow,
} from '../../src/simulator/servicenow/simulator';
import { makeTexts } from '../../src/texts/texts';

/** The default queue of the simulated instance, and when its clock starts. */
export const itDesk = 'c54f0abf0a0a0b452db84664f409c79c';
export const morning = Date.parse('2026-11-18T09:00:00Z');
/** The token that every request of {@link asked} carries unless another is given. */
export const token = 'TC-0123456789AB';
export const context = { correlation: 'activity-1' };

export const basic: ServiceNowAuth = { type: 'basic', username: 'svc_teams', password: 'svc-teams-password' };
export const oauth: ServiceNowAuth = {
  type: 'client_credentials',
  clientId: 'teams-connector',
  clientSecret: 'teams-connector-secret',
};

/** Every way in which the connector can prove who it is. */
export const auths: Readonly<Record<ServiceNowAuth['type'], ServiceNowAuth>> = {
  basic,
  client_credentials: oauth,
  password: {
    type: 'password',
    clientId: 'teams-connector',
    clientSecret: 'teams-connector-secret',
    username: 'svc_teams',
    password: 'svc-teams-password',
  },
};

/** Time that stands still until it is moved; what waits for it to pass waits in real time. */
export class MovableClock implements Clock {
  constructor(private time = morning) {}
  now = () => this.time as Instant;
  wall = () => this.time;
  move(milliseconds: number): void {
    this.time += milliseconds;
  }
  after(milliseconds: number, callback: () => void): () => void {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  }
}

const open: { close(): unknown }[] = [];

/** Registers what has to be closed when the test is over. */
export function closing<T extends { close(): unknown }>(one: T): T {
  open.push(one);
  return one;
}

/** Closes everything that the test started, the newest first. */
export async function closeAll(): Promise<void> {
  for (const one of open.splice(0).reverse()) await one.close();
}

export interface DeskSide {
  readonly desk: Desk;
  readonly clock: MovableClock;
  /** Names of the log's lines with their fields. */
  readonly logged: [string, Readonly<Record<string, unknown>>][];
}

/** A desk over an instance at this address. */
export function deskAt(
  url: string,
  settings: Partial<Omit<ConnectSupportSettings, 'options'>> & { readonly options?: object } = {},
): DeskSide {
  const clock = new MovableClock();
  const logged: DeskSide['logged'] = [];
  const line = (event: string, fields = {}) => void logged.push([event, fields]);
  const log: Log = { info: line, warn: line, error: line };
  const parts = { url, auth: basic, timeoutMs: 5_000, queue: itDesk, queues: {}, window: defaultRules };
  const desk = makeConnectSupportDesk({
    ...parts,
    texts: makeTexts(),
    clock,
    log,
    ...settings,
    options: deskOptions.parse(settings.options ?? {}),
  });
  return { desk: closing(desk), clock, logged };
}

/** A desk of the profile `scripted` over an instance at this address. */
export function scriptedAt(
  url: string,
  settings: Partial<Omit<ScriptedSettings, 'options'>> & { readonly options?: object } = {},
): DeskSide & { readonly files: FileDesk } {
  const clock = new MovableClock();
  const logged: DeskSide['logged'] = [];
  const line = (event: string, fields = {}) => void logged.push([event, fields]);
  const log: Log = { info: line, warn: line, error: line };
  const parts = { url, auth: basic, timeoutMs: 5_000, queue: itDesk, queues: {} };
  const options = scriptedOptions.parse(settings.options ?? {});
  const desk = closing(makeScriptedDesk({ ...parts, texts: makeTexts(), clock, log, ...settings, options }));
  return { desk, files: desk, clock, logged };
}

/** A simulated instance with the application, and a desk of the profile `scripted` over it. */
export async function startedScripted(
  settings: Parameters<typeof scriptedAt>[1] = {},
  simulated: SimulatorOptions = {},
) {
  const sim = closing(await startServiceNow({ clock: { mode: 'manual', now: morning }, ...simulated }));
  return { sim, ...scriptedAt(sim.url, settings) };
}

/** A simulated instance and a desk over it, both closed after the test. */
export async function started(
  settings: Parameters<typeof deskAt>[1] = {},
  simulated: SimulatorOptions = {},
): Promise<DeskSide & { readonly sim: ServiceNowSimulator }> {
  const sim = closing(await startServiceNow({ clock: { mode: 'manual', now: morning }, ...simulated }));
  return { sim, ...deskAt(sim.url, settings) };
}

export const ana: Employee = {
  id: '29:ana',
  name: 'Ana Roja',
  email: 'ana.roja@contoso.example',
  locale: 'de-DE',
  timezone: 'Europe/Berlin',
};

export function handoff(given: Partial<Handoff['request']> = {}, transcript: readonly Line[] = []): Handoff {
  return { id: 'turn-1' as HandoffId, request: given, requestedAt: morning as Instant, transcript };
}

export function asked(given: Partial<OpenRequest> = {}): OpenRequest {
  return { handoff: handoff(), user: ana, token, ...given };
}

/** One line of a transcript, so many seconds before the hand-off. */
export function said(who: Line['who'], text: string, secondsBefore = 60): Line {
  return { at: (morning - secondsBefore * 1_000) as Instant, who, text };
}

/** Opens a chat and answers it as the core knows it. */
export async function opened(desk: Desk, given: Partial<OpenRequest> = {}): Promise<LiveChat> {
  return (await desk.open(asked(given), context)).chat;
}

/** The second queue of the simulated instance. */
export function hrQueue(sim: ServiceNowSimulator): string {
  const found = Object.values(sim.state().queues).find((queue) => queue.name === 'HR');
  if (!found) throw new Error('the simulated instance has no HR queue');
  return found.id;
}

/** What a read brings of the agent and the platform for the employee, oldest first. */
export async function heard(desk: Desk, chat: LiveChat, cursor = fromStart): Promise<string[]> {
  const { rows } = await desk.read(chat, cursor, context);
  return rows.filter((row) => row.author !== 'self' && !row.workNote).map((row) => row.text);
}

/** The employee's words for a chat. */
export function words(chat: LiveChat, part: string): PostRequest {
  const message = { turn: 'turn-2' as TurnId, text: part, at: morning as Instant };
  return { chat, words: { from: 'employee', message, part } };
}

/** A chat as the core knows it, without one at any instance. */
export function liveChat(given: Partial<LiveChat> = {}): LiveChat {
  return {
    id: 'a'.repeat(32) as ChatId,
    handoff: 'turn-1' as HandoffId,
    queue: itDesk,
    user: 'b'.repeat(32),
    summary: '',
    openedAt: morning as Instant,
    ...given,
  };
}

/** A cursor at this time with nothing seen. */
export function cursorAt(time: number): Cursor {
  return { time: time as ServerTime, seen: [] };
}

export const fromStart = cursorAt(0);

/** The failure of a promise that has to fail, in the parts that matter. */
export async function failureOf(promise: Promise<unknown>) {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ApiFailure)) throw error ?? new Error('it did not fail');
  const { kind, certain, status, retryAfterMs, words: said, message } = error;
  return { kind, certain, status, retryAfterMs, words: said, message };
}

/** Requests of the platform plane as `METHOD path-after-/api/now?query`. */
export function requests(sim: ServiceNowSimulator): string[] {
  return sim.journal().map(({ method, path, query }) => {
    const short = path.replace(/^\/api\/now/, '').replace(/[0-9a-f]{32}/g, '…');
    return `${method} ${short}${query && `?${query.replace(/[0-9a-f]{32}/g, '…')}`}`;
  });
}

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What a server of a test's own answers. */
export interface Reply {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly json?: unknown;
  readonly text?: string;
}

/** An instance that answers as a test says, for shapes that the simulator does not have. */
export async function startInstance(reply: (received: Received) => Reply) {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://instance.example');
    const one = {
      method: request.method ?? '',
      path: pathname.replace(/^\/api\/now/, ''),
      query: searchParams,
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
    };
    received.push(one);
    const { status = 200, headers, json, text } = reply(one);
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text ?? JSON.stringify(json));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return closing({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received, close });
}
