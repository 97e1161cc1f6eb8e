/** What the platform plane answers, before any fault. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Sent instead of the body, where the answer is a file. */
  readonly bytes?: Buffer;
  /** Real milliseconds that it takes. */
  readonly delayMs?: number;
}

/** An answer in JSON. */
export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json;charset=UTF-8', ...headers },
    body: JSON.stringify(value),
  };
}

/** The platform's usual answer to what went well. */
export function result(value: unknown, status = 200): Answer {
  return json(status, { result: value });
}

/** The platform's usual error. */
export function failure(
  status: number,
  message: string,
  detail: string | null = null,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return json(status, { error: { message, detail }, status: 'failure' }, headers);
}

/** A page instead of data. */
export function page(status: number, title: string, className: string): Answer {
  const body = `<!DOCTYPE html><html><head><title>${title}</title></head><body class="${className}"><h1>${title}</h1></body></html>`;
  return { status, headers: { 'content-type': 'text/html;charset=UTF-8' }, body };
}

/** The platform does not know who calls. */
export function unauthenticated(): Answer {
  const headers = { 'www-authenticate': 'Basic realm="Service-now"' };
  return failure(401, 'User Not Authenticated', 'Required to provide Auth information', headers);
}

/** An answer that a handler gives up with. */
export class Refused extends Error {
  constructor(readonly answer: Answer) {
    super(`refused with ${answer.status}`);
  }
}
