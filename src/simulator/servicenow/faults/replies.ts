import { told } from '../platform/access';
import { type Answer, failure, json, page, unauthenticated } from '../platform/answer';
import type { FaultAction, StatusAction } from './rule';

/** What a rule answers in place of the platform; undefined when it lets the platform answer. */
export function replyInstead(action: FaultAction, nowMs: number): Answer | undefined {
  if (action.status) return statusReply(action.status, nowMs);
  if (action.html) return htmlReply(action.html.kind, action.html.code);
  if (action.redirect) return { status: 302, headers: { location: action.redirect.location }, body: '' };
  return undefined;
}

/** The platform's own answer, as a rule spoils it. */
export function spoiled(answer: Answer, action: FaultAction): Answer {
  if (action.commitThen) return failure(action.commitThen.code, 'Internal server error');
  if (action.emptyBody) return { ...answer, body: '' };
  if (action.malformed) return { ...answer, body: `${answer.body.slice(0, Math.ceil(answer.body.length / 2))}<` };
  if (action.truncated) return { ...answer, body: answer.body.slice(0, action.truncated.bytes) };
  if (action.wrongContentType)
    return { ...answer, headers: { ...answer.headers, 'content-type': 'text/plain;charset=UTF-8' } };
  return answer;
}

function statusReply(status: StatusAction, nowMs: number): Answer {
  const preset = status.preset ? presetReply(status.preset, status.retryAfter ?? 60, nowMs) : undefined;
  const code = status.code ?? preset?.status ?? 500;
  const said = bodyReply(code, status.body) ?? preset ?? failure(code, 'Request refused');
  return { ...said, status: code, headers: { ...preset?.headers, ...said.headers, ...status.headers } };
}

function bodyReply(code: number, body: unknown): Answer | undefined {
  if (body === undefined) return undefined;
  return typeof body === 'string' ? told(code, body) : json(code, body);
}

function presetReply(preset: NonNullable<StatusAction['preset']>, retryAfter: number, nowMs: number): Answer {
  switch (preset) {
    case 'auth401':
      return unauthenticated();
    case 'acl403':
      return failure(403, 'Operation Failed', 'ACL Exception: insufficient rights');
    case 'connect403':
      return told(403, 'You cannot take part in this conversation.');
    case 'missing404':
      return failure(404, 'No Record found', "Record doesn't exist or ACL restricts the record retrieval");
    case 'bad405':
      return failure(405, 'Method not supported');
    case 'rate429':
      return failure(429, 'Rate limit exceeded', 'Rate limit of 100 requests per hour for this user exceeded', {
        'retry-after': String(retryAfter),
        'x-ratelimit-limit': '100',
        'x-ratelimit-reset': String(Math.ceil(nowMs / 1000) + retryAfter),
        'x-ratelimit-rule': 'fault',
      });
    case 'err500':
      return failure(500, 'Internal server error');
    case 'gw502':
      return page(502, '502 Bad Gateway', 'gateway');
    case 'down503':
      return page(503, '503 Service Unavailable', 'gateway');
    case 'timeout504':
      return page(504, '504 Gateway Time-out', 'gateway');
  }
}

function htmlReply(kind: 'hibernating' | 'login' | 'maintenance', code = 200): Answer {
  switch (kind) {
    case 'hibernating':
      return page(code, 'Your instance is hibernating', 'instance-hibernating-page');
    case 'login':
      return page(code, 'Log in', 'login-page');
    case 'maintenance':
      return page(code, 'Maintenance in progress', 'maintenance-page');
  }
}
