import type { Server as NodeServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import restify, { type Request, type Response, type Server } from 'restify';
import type { Log } from '../engine/ports';
import { type Trace, untraced } from '../engine/trace';
import { readBody, refusalOfHeaders } from './body';
import type { Callbacks } from './callback';
import type { Events, Hearing } from './events';
import type { Health } from './health';
import type { Metrics } from './metrics';
import { boundSockets, type SocketBounds, type Sockets } from './slow-sockets';

/** Where turns come in: Teams' side of the door. */
export interface Reception {
  checkHeader(authorization: string | undefined): Promise<{ readonly status: number } | undefined>;
  receive(
    authorization: string | undefined,
    body: unknown,
  ): Promise<{ readonly status: number; readonly body?: unknown }>;
}

export interface ServerParts {
  readonly reception: Reception;
  /** Whether no turn can be taken just now: it is refused before anything is done for it. */
  readonly isFull: () => boolean;
  /** Hears what ServiceNow tells; absent: the route is not there. */
  readonly events?: Events;
  /** Takes what ServiceNow brings by itself; absent: the route is not there. */
  readonly callbacks?: Callbacks;
  readonly health: Health;
  readonly metrics: Metrics;
  readonly log: Log;
  /** Absent: nobody listens. */
  readonly trace?: Trace;
  readonly host: string;
  readonly port: number;
  /** A port of its own for what operators read; absent: the same one. */
  readonly adminPort?: number;
  /** The page for those who run the connector, on that port only. */
  readonly adminPage?: (name: string, request: Request, response: Response) => Promise<void>;
  readonly bounds?: SocketBounds;
}

export interface RunningServer {
  readonly port: number;
  readonly adminPort?: number;
  /** Takes no more turns; requests under way may end. */
  close(): Promise<void>;
}

/** Connections that the system has taken and we have not: where many come at once, a genuine one must not be turned away there. */
const longestQueue = 4_096;
/** Connections that are still open this long after the end was asked for are closed, milliseconds. */
const longestGoodbyeMs = 2_000;

/** Starts listening. Rejects when the address is taken. */
export async function startServer(parts: ServerParts): Promise<RunningServer> {
  const main = makeRestify();
  const sockets = boundSockets(main.server as NodeServer, parts.bounds);
  main.post('/api/messages', async (request: Request, response: Response) =>
    takeTurn({ ...parts, sockets }, request, response),
  );
  if (parts.events) addEvents(main, parts.events, parts);
  if (parts.callbacks) addCallbacks(main, parts.callbacks, { ...parts, sockets });
  addHealth(main);
  const admin = parts.adminPort === undefined ? undefined : makeRestify();
  if (admin) boundSockets(admin.server as NodeServer, parts.bounds);
  addReading(admin ?? main, parts);
  if (admin) addHealth(admin);
  if (admin && parts.adminPage) addPage(admin, parts.adminPage);
  const port = await listen(main, parts.port, parts.host);
  const adminPort = admin && (await listen(admin, parts.adminPort ?? 0, parts.host));
  const close = async () => {
    await Promise.all([main, admin].map((server) => server && closed(server)));
  };
  return { port, ...(adminPort === undefined ? {} : { adminPort }), close };
}

function makeRestify(): Server {
  // Errors of the framework itself tell the outside a status and nothing else.
  const silent = (_request: Request, _response: Response, body: unknown) =>
    body instanceof Error ? '' : JSON.stringify(body);
  const formatters = { 'application/json': silent, 'text/plain': silent, 'application/octet-stream': silent };
  return restify.createServer({ name: 'connector', ignoreTrailingSlash: true, formatters });
}

/** One turn: what can be refused by its headers is, before a byte of its body is read. */
async function takeTurn(
  { reception, isFull, metrics, log, sockets, trace = untraced }: ServerParts & { readonly sockets: Sockets },
  request: Request,
  response: Response,
): Promise<void> {
  const started = performance.now();
  const answer = (status: number, body?: unknown) => {
    metrics.turn(status, (performance.now() - started) / 1000);
    end(response, status, body);
  };
  const authorization = request.headers.authorization;
  const early = isFull() ? 503 : (refusalOfHeaders(request) ?? (await reception.checkHeader(authorization))?.status);
  if (early !== undefined) {
    response.setHeader('connection', 'close');
    return answer(early);
  }
  sockets.proved(request.socket);
  const body = await readBody(request).catch(() => undefined);
  if (!body) return;
  if (!body.ok) {
    log.warn('turn_refused', { status: body.status, reason: 'body' });
    return answer(body.status);
  }
  const { status, body: reply } = await trace.span({ name: 'turn', kind: 'server' }, async (span) => {
    const taken = await reception.receive(authorization, body.json);
    span.tell({ status: taken.status });
    return taken;
  });
  answer(status, reply);
}

function addEvents(server: Server, events: Events, { metrics, log }: Pick<ServerParts, 'metrics' | 'log'>): void {
  const answer = (response: Response, { status, outcome }: Hearing) => {
    metrics.event(outcome);
    if (status !== 204) log.warn('event_refused', { status, reason: outcome });
    end(response, status);
  };
  server.post('/api/servicenow/events', async (request: Request, response: Response) => {
    const early = refusalOfHeaders(request);
    if (early !== undefined) return end(response, early);
    const refusal = events.refusalOf(request.headers);
    if (refusal) {
      response.setHeader('connection', 'close');
      return answer(response, refusal);
    }
    const body = await readBody(request).catch(() => undefined);
    if (!body) return;
    if (!body.ok) return end(response, body.status);
    answer(response, events.hear(request.headers, body.text));
  });
}

function addCallbacks(
  server: Server,
  callbacks: Callbacks,
  { metrics, log, sockets }: Pick<ServerParts, 'metrics' | 'log'> & { readonly sockets: Sockets },
): void {
  const refuse = (response: Response, status: number, reason: string) => {
    metrics.callback(reason);
    log.warn('callback_refused', { status, reason });
    end(response, status);
  };
  const answer = async (request: Request, response: Response) => {
    const early = refusalOfHeaders(request);
    const isKnown = callbacks.isKnown(request.headers, (request.params as { secret?: string }).secret);
    if (early !== undefined || !isKnown) {
      response.setHeader('connection', 'close');
      return isKnown ? refuse(response, early ?? 400, 'headers') : refuse(response, 401, 'wrong_secret');
    }
    sockets.proved(request.socket);
    const body = await readBody(request).catch(() => undefined);
    if (!body) return;
    if (!body.ok) return refuse(response, body.status, 'body');
    const { status, outcome } = await callbacks.take(body.json);
    if (status !== 200) return refuse(response, status, outcome);
    metrics.callback(outcome);
    end(response, status, { status: 'success' });
  };
  for (const path of ['/api/servicenow/callback', '/api/servicenow/callback/:secret']) server.post(path, answer);
}

function addHealth(server: Server): void {
  server.get('/healthz', async (_request: Request, response: Response) => end(response, 200, { status: 'ok' }));
}

function addReading(server: Server, { health, metrics }: ServerParts): void {
  server.get('/readyz', async (_request: Request, response: Response) => {
    const readiness = await health.readiness();
    end(response, readiness.status === 'down' ? 503 : 200, readiness);
  });
  server.get('/metrics', async (_request: Request, response: Response) => {
    const text = await metrics.text();
    response.writeHead(200, { 'content-type': metrics.contentType });
    response.end(text);
  });
}

function addPage(server: Server, page: NonNullable<ServerParts['adminPage']>): void {
  const answer = async (request: Request, response: Response) =>
    page((request.params as { name?: string }).name ?? '', request, response);
  server.get('/', async (_request: Request, response: Response) => {
    response.writeHead(302, { location: '/admin/', 'content-length': '0' });
    response.end();
  });
  for (const path of ['/admin', '/admin/:name']) {
    server.get(path, answer);
    server.post(path, answer);
  }
}

function end(response: Response, status: number, body?: unknown): void {
  if (body === undefined) {
    response.writeHead(status, { 'content-length': '0' });
    response.end();
    return;
  }
  const text = Buffer.from(JSON.stringify(body));
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': String(text.length) });
  response.end(text);
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, host, longestQueue, () => resolve((server.address() as AddressInfo).port));
  });
}

/** Requests under way may end, for a while; idle connections are closed at once. */
function closed(server: Server): Promise<void> {
  const node = server.server as NodeServer;
  return new Promise((resolve) => {
    const patience = setTimeout(() => node.closeAllConnections(), longestGoodbyeMs);
    server.close(() => {
      clearTimeout(patience);
      resolve();
    });
    node.closeIdleConnections();
  });
}
