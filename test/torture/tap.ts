import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call that passed, by its name, such as `servicenow.post`. */
export type CallName = string;

/** What to do about a call: let it pass, or kill the process that makes it before it takes effect, or after. */
export type Fate = 'pass' | 'kill before' | 'kill after';

export interface Tap {
  readonly url: string;
  close(): Promise<void>;
}

/** Names of the calls that the connector makes, by method and path. */
const names: readonly [RegExp, CallName][] = [
  [/^POST .*\/queues\/[^/]+\/sessions/, 'servicenow.open'],
  [/^GET .*\/queues\/[^/]+\/sessions/, 'servicenow.list'],
  [/^\w+ .*\/sessions\/[^/]+\/leave/, 'servicenow.leave'],
  [/^GET .*\/connect\/support\/sessions/, 'servicenow.state'],
  [/^POST .*\/conversations\/[^/]+\/messages/, 'servicenow.post'],
  [/^GET .*\/conversations\/[^/]+\/messages/, 'servicenow.read'],
  [/^GET .*\/live\/profiles/, 'servicenow.profile'],
  [/^POST .*\/live_chat\/v1\/chats(\?|$)/, 'servicenow.open'],
  [/^POST .*\/live_chat\/v1\/chats\/\w+\/messages/, 'servicenow.post'],
  [/^POST .*\/live_chat\/v1\/chats\/\w+\/end/, 'servicenow.leave'],
  [/^GET .*\/live_chat\/v1\/changes/, 'servicenow.list'],
  [/^GET .*\/live_chat\/v1\/chats\/\w+\/messages/, 'servicenow.read'],
  [/^GET .*\/live_chat\/v1\/chats\/\w+(\?|$)/, 'servicenow.state'],
  [/^POST .*\/bot\/integration/, 'servicenow.post'],
  [/^POST .*\/webhooks\/rest/, 'rasa.ask'],
  [/^POST .*\/v3\/conversations\/[^/]+\/activities/, 'teams.show'],
  [/^PUT .*\/activities\//, 'teams.update'],
  [/^GET .*\/v3\/conversations\/.*\/members/, 'teams.profile'],
];

export function nameOf(method: string, url: string, body: string): CallName {
  const found = names.find(([pattern]) => pattern.test(`${method} ${url}`))?.[1] ?? 'other';
  if (found === 'servicenow.post' && body.includes('"action":"AGENT"')) return 'servicenow.open';
  if (found === 'servicenow.post' && body.includes('"action":"END_CONVERSATION"')) return 'servicenow.leave';
  return found === 'teams.show' && body.includes('"type":"typing"') ? 'teams.typing' : found;
}

/** Stands before a far side, names every call, and asks what its fate is. The killed process never sees an answer. */
export async function openTap(target: string, fateOf: (name: CallName) => Fate, kill: () => void): Promise<Tap> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 256 });
  const to = new URL(target);
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => {});
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const fate = fateOf(nameOf(request.method ?? '', request.url ?? '', body.toString()));
      if (fate === 'kill before') {
        kill();
        request.socket.destroy();
        return;
      }
      pass(request, body, response, fate === 'kill after');
    });
  });
  const pass = (request: http.IncomingMessage, body: Buffer, response: http.ServerResponse, isLast: boolean) => {
    const { host: _host, connection: _connection, ...headers } = request.headers;
    const onward = http.request(
      {
        hostname: to.hostname,
        port: to.port,
        path: to.pathname.replace(/\/$/, '') + request.url,
        method: request.method,
        headers,
        agent,
      },
      (answer) => {
        if (isLast) {
          kill();
          answer.resume();
          request.socket.destroy();
          return;
        }
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on('error', () => request.socket.destroy());
    onward.end(body);
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      agent.destroy();
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}
