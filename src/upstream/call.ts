import { AsyncResource } from 'node:async_hooks';
import http from 'node:http';
import https from 'node:https';
import axios, { type AxiosError, type AxiosResponse } from 'axios';
import { ApiFailure, type Upstream } from '../conversation/failures';
import { privateAddress } from './public-addresses';
import { lookups, type Place, placeOf, type Reach } from './reach';

/** One request to a far side. Nothing is added to it: no cookies, no redirects, no proxy from the environment, no retry. */
export interface OutgoingCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text and bytes are sent as they are; an object is sent as JSON. */
  readonly body?: string | Uint8Array | Readonly<Record<string, unknown>> | readonly unknown[];
  /** From connect to last byte, milliseconds. */
  readonly timeoutMs: number;
  /** The answer is cut off, and the call fails, beyond so many bytes. */
  readonly maxBytes?: number;
}

export interface Answer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Sends calls to one far side. Throws {@link ApiFailure} when no whole answer came; any status is an answer. */
export type Caller = (call: OutgoingCall) => Promise<Answer>;

/** Idle connections are closed by us before the far side's own limit (5 s in Rasa) can close them under a request. */
const idleSocketMs = 4_000;

/** Codes of errors that come before a byte of the request was sent. */
const notSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ERR_INVALID_URL',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'EPROTO',
  'NOT_OURS', // a connection that came about too late, see NotOurs
]);

export interface CallerOptions {
  /** Where calls may go. There is no way round it: whatever carries a token or a password leaves through here. */
  readonly reach: Reach;
  readonly maxSockets?: number;
  /** Asked at the last moment, and again when a new connection stands: a process that was frozen may have lost what it was about to say. */
  readonly mayCall?: () => boolean;
}

/** A caller for one far side, with connections of its own, so that one purpose never waits behind another's sockets. */
export function makeCaller(
  upstream: Upstream,
  { reach, maxSockets = 64, mayCall = () => true }: CallerOptions,
): Caller & { close(): void } {
  const agents = makeAgents({ keepAlive: true, maxSockets, timeout: idleSocketMs }, mayCall);
  const client = axios.create({
    proxy: false,
    maxRedirects: 0,
    responseType: 'text',
    transitional: { forcedJSONParsing: false, silentJSONParsing: true },
    transformResponse: (data: unknown) => data,
    validateStatus: () => true,
  });
  const call = async (outgoing: OutgoingCall): Promise<Answer> => {
    if (!mayCall()) throw notOurs(upstream);
    const place = placeOf(outgoing.url, reach);
    if (!place) throw outOfReach(upstream);
    try {
      return answerOf(await client.request<string>({ ...requestOf(outgoing), ...agents.to(place) }));
    } catch (error) {
      throw failureOf(upstream, outgoing, error);
    }
  };
  return Object.assign(call, { close: agents.close });
}

export interface Agents {
  to(place: NonNullable<Place>): { readonly httpAgent: http.Agent; readonly httpsAgent: https.Agent };
  close(): void;
}

/** Connections to each kind of place, so that one which was looked up by one rule never serves the other. */
export function makeAgents(options: http.AgentOptions, mayCall: () => boolean): Agents {
  const pair = (place: NonNullable<Place>) => ({
    httpAgent: guarded(new http.Agent({ ...options, lookup: lookups[place] }), 'connect', mayCall),
    httpsAgent: guarded(new https.Agent({ ...options, lookup: lookups[place] }), 'secureConnect', mayCall),
  });
  const pairs = { internet: pair('internet'), named: pair('named') };
  return {
    to: (place) => pairs[place],
    close: () => {
      for (const agent of [...Object.values(pairs.internet), ...Object.values(pairs.named)]) agent.destroy();
    },
  };
}

/** Nothing was sent: this is no place that the purpose of the call knows. */
export function outOfReach(upstream: Upstream): ApiFailure {
  const message = `${upstream}: an address that nothing may be sent to`;
  return new ApiFailure({ upstream, kind: 'refused', certain: true, message });
}

/** A connection that comes about too late is destroyed before a byte is written to it. */
function guarded<T extends http.Agent>(agent: T, event: string, mayCall: () => boolean): T {
  const create = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    const socket = create(options, callback);
    const mayStillCall = AsyncResource.bind(mayCall);
    socket?.prependOnceListener(event, () => {
      if (!mayStillCall()) socket.destroy(new NotOurs());
    });
    return socket;
  };
  return agent;
}

/** What makes a socket's end a certain one: nothing was written. */
class NotOurs extends Error {
  static readonly code = 'NOT_OURS';
  readonly code = NotOurs.code;
}

export function notOurs(upstream: Upstream): ApiFailure {
  const message = `${upstream}: not called, another process may be at work on it`;
  return new ApiFailure({ upstream, kind: 'unreachable', certain: true, heldBack: true, message });
}

function requestOf(outgoing: OutgoingCall) {
  const body = outgoing.body instanceof Uint8Array ? bufferOf(outgoing.body) : outgoing.body;
  const isReady = typeof body === 'string' || Buffer.isBuffer(body);
  return {
    method: outgoing.method,
    url: outgoing.url,
    headers: { 'user-agent': 'teams-servicenow-live-chat', ...(isReady ? {} : json(outgoing)), ...outgoing.headers },
    ...(body === undefined ? {} : { data: isReady ? body : JSON.stringify(body) }),
    signal: AbortSignal.timeout(outgoing.timeoutMs),
    maxContentLength: outgoing.maxBytes ?? 5_000_000,
    maxBodyLength: 30_000_000,
  };
}

/** The same bytes in the one form that axios sends as they are. */
function bufferOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

function json(outgoing: OutgoingCall): Record<string, string> {
  return outgoing.body === undefined ? {} : { 'content-type': 'application/json' };
}

function answerOf(response: AxiosResponse<string>): Answer {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headers)) headers[name.toLowerCase()] = String(value);
  return { status: response.status, headers, text: response.data ?? '' };
}

/** The failure that stands for a call without a whole answer. */
export function failureOf(upstream: Upstream, outgoing: Pick<OutgoingCall, 'timeoutMs'>, error: unknown): ApiFailure {
  const code = (error as AxiosError).code ?? (error as Error).name;
  if (code === privateAddress) return outOfReach(upstream);
  const timedOut = code === 'ERR_CANCELED';
  const certain = notSent.has(code);
  const what = timedOut ? `no answer within ${outgoing.timeoutMs} ms` : `no answer (${code})`;
  const heldBack = code === NotOurs.code;
  const message = `${upstream}: ${what}`;
  return new ApiFailure({ upstream, kind: 'unreachable', certain, heldBack, message, cause: error });
}
