import type { IncomingMessage, ServerResponse } from 'node:http';
import { ZodError } from 'zod';
import { Refusal } from '../model/refusal';
import { type Answer, failure, json } from '../platform/answer';
import type { Incoming } from '../platform/call';
import { receive } from '../wire/receive';
import { send } from '../wire/send';
import { consoleFile } from './console';
import type { Control } from './control';
import { commandFor } from './routes';
import { uploadedFile } from './uploaded-file';

const loopback = /^(127\.0\.0\.1|::1|::ffff:127\.0\.0\.1)$/;
const loopbackHost = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/** The control plane: no authentication, but nobody except this machine, and no page from elsewhere. */
export async function serveControl(
  control: Control,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const incoming = await receive(request);
  const isLocal = loopback.test(request.socket.remoteAddress ?? '') && loopbackHost.test(incoming.headers.host ?? '');
  if (!isLocal) return send(response, failure(403, 'The control plane is for this machine only'));
  if (incoming.path === '/__sim/events') return control.listeners.add(response);
  const [, file] = /^\/__sim\/console(?:\/(.*))?$/.exec(incoming.path) ?? [];
  if (incoming.path.startsWith('/__sim/console')) return sendFile(response, file ?? '');
  const [, upload] = /^\/__sim\/files\/(\w+)$/.exec(incoming.path) ?? [];
  if (upload !== undefined) return send(response, uploadedFile(control.world, upload));
  send(response, attempt(control, incoming));
}

async function sendFile(response: ServerResponse, name: string): Promise<void> {
  const file = await consoleFile(name);
  response.writeHead(file.status, file.headers).end(file.bytes ?? file.body);
}

function attempt(control: Control, incoming: Incoming): Answer {
  try {
    const body = bodyOf(incoming);
    const command = commandFor(incoming.method, incoming.path.slice('/__sim'.length));
    if (!command) return failure(404, 'The control plane has no such call');
    return json(200, command(control, body, incoming.query) ?? {});
  } catch (error) {
    return refusal(error);
  }
}

function bodyOf(incoming: Incoming): unknown {
  if (incoming.body === '') return {};
  if (!incoming.headers['content-type']?.startsWith('application/json'))
    throw new Refusal('invalid', 'The body must be JSON and say so');
  try {
    return JSON.parse(incoming.body);
  } catch {
    throw new Refusal('invalid', 'The body is not JSON');
  }
}

function refusal(error: unknown): Answer {
  if (error instanceof Refusal) return failure(statusOf(error.reason), error.message);
  if (error instanceof ZodError) {
    const issues = error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`);
    return failure(400, issues.join('; '));
  }
  throw error;
}

function statusOf(reason: Refusal['reason']): number {
  return { not_found: 404, forbidden: 403, conflict: 409, invalid: 400 }[reason];
}
