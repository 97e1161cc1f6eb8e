import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Log } from '../engine/ports';
import { readBody } from '../http/body';
import type { AdminDesk } from './desk';
import { type AdminRefusal, refusalOfCall, refusalOfPage } from './guard';
import { type Call, calls, isCall } from './protocol';

export interface AdminRoutesParts {
  readonly desk: AdminDesk;
  /** `ADMIN_TOKEN`, asked anew for each request; absent: only this machine may look. */
  readonly token: () => string | undefined;
  readonly log: Log;
}

/** Answers a request to `/admin/<name>`. */
export type AdminRoutes = (name: string, request: IncomingMessage, response: ServerResponse) => Promise<void>;

const script = 'text/javascript; charset=utf-8';
const files: Readonly<Record<string, readonly [string, string]>> = {
  '': ['page.html', 'text/html; charset=utf-8'],
  'page.css': ['page.css', 'text/css; charset=utf-8'],
  'page.js': ['page.js', script],
  'dom.js': ['dom.js', script],
  'words.js': ['words.js', script],
};

/** Nothing from elsewhere, nothing inline, in nobody's frame. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export function makeAdminRoutes({ desk, token, log }: AdminRoutesParts): AdminRoutes {
  return async (name, request, response) => {
    protect(response);
    const isPage = Object.hasOwn(files, name);
    const refusal = isPage ? refusalOfPage(request, token()) : refusalOfCall(request, token());
    if (refusal) return refuse(log, response, refusal);
    const file = files[name];
    if (file && isPage && request.method === 'GET') return sendFile(response, file);
    if (!isCall(name) || request.method !== 'POST') return send(response, isPage ? 405 : 404, { error: 'unknown' });
    return answer({ desk, log }, name, request, response);
  };
}

async function answer(
  { desk, log }: Pick<AdminRoutesParts, 'desk' | 'log'>,
  name: Call,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request).catch(() => undefined);
  if (!body) return;
  if (!body.ok) return send(response, body.status, { error: 'body' });
  const parsed = calls[name].safeParse(body.json);
  if (!parsed.success) {
    const where = parsed.error.issues.map((issue) => issue.path.join('.') || issue.code).join(', ');
    return send(response, 400, { error: where });
  }
  try {
    send(response, 200, await act(desk, log, name, parsed.data, request));
  } catch (error) {
    log.error('admin_failed', { call: name, error: (error as Error).name });
    send(response, 503, { error: 'fault' });
  }
}

/** Looking leaves no trace; what is done does: an audit line each. */
async function act(desk: AdminDesk, log: Log, name: Call, input: unknown, request: IncomingMessage): Promise<unknown> {
  const from = request.socket.remoteAddress;
  switch (name) {
    case 'overview':
      return desk.overview();
    case 'trail':
      return desk.trail(calls.trail.parse(input).id);
    case 'end': {
      const { key, chat } = calls.end.parse(input);
      const done = await desk.end(key, chat);
      log.warn('operator_action', { action: 'end', chat, ...done, from });
      return done;
    }
    case 'redrive': {
      const { key, seq } = calls.redrive.parse(input);
      const done = await desk.redrive(key, seq);
      log.warn('operator_action', { action: 'redrive', seq, ...done, from });
      return done;
    }
  }
}

function protect(response: ServerResponse): void {
  response.setHeader('content-security-policy', policy);
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'no-referrer');
  response.setHeader('cache-control', 'no-store');
}

function refuse(log: Log, response: ServerResponse, { status, reason }: AdminRefusal): void {
  log.warn('admin_refused', { status, reason });
  response.setHeader('connection', 'close');
  send(response, status, { error: reason });
}

function sendFile(response: ServerResponse, [file, type]: readonly [string, string]): void {
  response.setHeader('content-type', type);
  response.end(readFileSync(join(__dirname, 'page', file)));
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(body));
}
