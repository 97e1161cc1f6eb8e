import http from 'node:http';
import {
  type ServiceNowSimulator,
  type SimulatorOptions,
  startServiceNow,
} from '../../../src/simulator/servicenow/simulator';

/** The sys_id of the queue that tests use. */
export const itDesk = 'c54f0abf0a0a0b452db84664f409c79c';

/** When a manual clock starts in these tests: a Wednesday, 09:00 UTC. */
export const morning = Date.parse('2026-11-18T09:00:00Z');

export const service = { user: 'svc_teams', password: 'svc-teams-password' };
export const beth = { user: 'beth.anglin', password: 'beth.anglin-password' };
export const noor = { user: 'noor.haddad', password: 'noor.haddad-password' };

const running: { close(): Promise<void> }[] = [];

/** A simulated instance whose clock stands still; it is closed after the test. */
export async function started(options: SimulatorOptions = {}): Promise<ServiceNowSimulator> {
  const simulator = await startServiceNow({ clock: { mode: 'manual', now: morning }, ...options });
  running.push(simulator);
  return simulator;
}

/** Ends what {@link started} began. */
export async function closeAll(): Promise<void> {
  await Promise.all(running.splice(0).map((each) => each.close()));
}

/** Values of unknown JSON, for tests to look into. */
// biome-ignore lint/suspicious/noExplicitAny: tests assert on whatever came
export type Json = any;

export interface Reply {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
  readonly json: Json;
}

export interface Request {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** One request on a connection of its own. Rejects when the connection breaks, also in the middle of an answer. */
export function request(sim: ServiceNowSimulator, given: Request): Promise<Reply> {
  const { method = 'GET', path, headers = {}, body } = given;
  return new Promise((resolve, reject) => {
    const outgoing = http.request(sim.url + path, { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const isJson = /json/.test(response.headers['content-type'] ?? '');
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text,
          json: isJson ? parsed(text) : null,
        });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** The Authorization header of a user. */
export function basic({ user, password }: { user: string; password: string }): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

/** Calls of the platform plane as one user, with the headers that a correct client sends. */
export function as(sim: ServiceNowSimulator, who: { user: string; password: string } | string = service) {
  const authorization = typeof who === 'string' ? who : basic(who);
  const call = (method: string, path: string, body?: unknown) =>
    request(sim, {
      method,
      path: `/api/now${path}`,
      headers: { authorization, accept: 'application/json', 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  return {
    get: (path: string) => call('GET', path),
    post: (path: string, body: unknown = {}) => call('POST', path, body),
    put: (path: string, body: unknown) => call('PUT', path, body),
    delete: (path: string) => call('DELETE', path),
    /** Opens a chat and answers its queue entry. */
    open: async (message = 'VPN is down', queue = itDesk): Promise<Json> =>
      (await call('POST', `/connect/support/queues/${queue}/sessions`, { message })).json.result,
    /** The thread as it comes. */
    thread: async (chat: string, query = ''): Promise<Json[]> =>
      (await call('GET', `/connect/conversations/${chat}/messages${query}`)).json.result,
    post1: (chat: string, message: string) => call('POST', `/connect/conversations/${chat}/messages`, { message }),
    leave: (chat: string) => call('POST', `/connect/support/sessions/${chat}/leave`, {}),
    /** The queue entry, through the list of entries. */
    entry: async (chat: string): Promise<Json> =>
      (await call('GET', `/connect/support/sessions?group_id=${chat}`)).json.result[0],
  };
}

/** A call of the control plane. */
export function control(sim: ServiceNowSimulator, method: string, path: string, body?: unknown): Promise<Reply> {
  const headers: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
  return request(sim, {
    method,
    path: `/__sim${path}`,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
}

/** The texts of rows, in their order. */
export function texts(rows: readonly { text?: string; message?: string }[]): (string | undefined)[] {
  return rows.map((row) => row.text ?? row.message);
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
