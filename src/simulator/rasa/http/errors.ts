import type { RasaVersion } from '../settings';
import { type Answer, json } from './exchange';

const descriptions: Record<number, string> = {
  400: 'Bad Request',
  404: 'Not Found',
  405: 'Method Not Allowed',
  413: 'Request Entity Too Large',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** An error of the web server under Rasa. */
export function serverError(status: number, message: string): Answer {
  return json(status, { description: descriptions[status] ?? 'Error', status, message });
}

/** The answer to a body that is not JSON. */
export const unreadableBody = serverError(400, 'Failed when parsing body as json');

/** What can be wrong with a call of the HTTP API. */
export type ApiReason =
  | 'BadRequest'
  | 'NotAuthenticated'
  | 'NotAuthorized'
  | 'NotFound'
  | 'InvalidHeader'
  | 'Conflict'
  | 'ConversationError';

const codes: Record<ApiReason, number> = {
  BadRequest: 400,
  NotAuthenticated: 401,
  NotAuthorized: 403,
  NotFound: 404,
  InvalidHeader: 406,
  Conflict: 409,
  ConversationError: 500,
};

/** Carries an error of the HTTP API to where it is answered. */
export class ApiError extends Error {
  constructor(
    readonly reason: ApiReason,
    message: string,
  ) {
    super(message);
  }
}

/** An error of the HTTP API, in its own shape. */
export function apiError(version: RasaVersion, { reason, message }: Pick<ApiError, 'reason' | 'message'>): Answer {
  const code = codes[reason];
  return json(code, { version, status: 'failure', message, reason, details: {}, help: null, code });
}

/** The reason that goes with a status, for faults on demand. */
export function reasonFor(status: number): ApiReason | undefined {
  return (Object.keys(codes) as ApiReason[]).find((reason) => codes[reason] === status);
}
