import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiFailure } from '../../src/conversation/failures';
import type { ConversationKey, Instant, TurnId } from '../../src/conversation/types';
import type { AssistantTurn, Log } from '../../src/engine/ports';
import { type AssistantOptions, makeAssistant } from '../../src/rasa/assistant';

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

/** What a server does with one request: an answer, or none. */
export type Reaction =
  | { readonly status?: number; readonly headers?: Record<string, string>; readonly json: unknown }
  | { readonly status?: number; readonly headers?: Record<string, string>; readonly text: string }
  | 'reset'
  | 'silence';

/** A server that reacts as it is told, for what a well-behaved assistant would not do. */
export async function startServer(react: (received: Received) => Reaction) {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const one = await read(request);
    received.push(one);
    const reaction = react(one);
    if (reaction === 'silence') return;
    if (reaction === 'reset') return void request.socket.resetAndDestroy();
    const body = 'json' in reaction ? JSON.stringify(reaction.json) : reaction.text;
    response.writeHead(reaction.status ?? 200, { 'content-type': 'application/json', ...reaction.headers }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received, close };
}

async function read(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const url = new URL(request.url ?? '/', 'http://rasa.example');
  const body: unknown = text === '' ? undefined : JSON.parse(text);
  return {
    method: request.method ?? '',
    path: (request.url ?? '').split('?')[0] ?? '',
    query: url.searchParams,
    headers: request.headers,
    body,
  };
}

export const triggers = {
  markers: ['handoff_to_human'],
  actions: ['action_live_agent', 'action_human_handoff'],
  hosts: ['helpdesk'],
};

/** An assistant for one server, with what it logs. */
export function assistantFor(url: string, options: Partial<AssistantOptions> = {}) {
  const lines: string[] = [];
  const write = (event: string, fields?: unknown) => void lines.push(`${event} ${JSON.stringify(fields)}`);
  const log: Log = { info: write, warn: write, error: write };
  const defaults = { url, timeoutMs: 2_000, tracker: false, triggers, queues: ['it_support', 'HR'], log };
  const assistant = makeAssistant({ ...defaults, ...options });
  return { assistant, lines };
}

export const key = 'tenant/a%3Achat/29%3Auser' as ConversationKey;
export const context = { correlation: 'c-1' };
export const sentAt = 1_800_000_000_000 as Instant;

/** One message of one employee. */
export function turnOf(
  text: string,
  more: { payload?: string; turn?: string; key?: ConversationKey } = {},
): AssistantTurn {
  const { payload, turn, key: other } = more;
  return {
    key: other ?? key,
    message: {
      turn: (turn ?? 'activity-1') as TurnId,
      text,
      at: sentAt,
      ...(payload === undefined ? {} : { payload }),
    },
    user: { id: '29:user', aadObjectId: 'aad-1', name: 'Ada Example', email: 'ada@example.com', locale: 'de-DE' },
    reference: {
      tenantId: 'tenant',
      conversationId: 'a:chat',
      channelId: 'msteams',
      serviceUrl: 'https://smba.trafficmanager.net/emea',
      bot: { id: '28:bot' },
      user: { id: '29:user' },
    },
  };
}

/** The failure that a call ends in. */
export async function failureOf(call: Promise<unknown>): Promise<ApiFailure> {
  const error = await call.then(
    () => new Error('it worked'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof ApiFailure) return error;
  throw error;
}
