import { ApiFailure } from '../conversation/failures';
import { failureOfStatus } from '../upstream/answers';
import type { Answer, Caller } from '../upstream/call';
import { isFields } from './schema';

export interface ClientParts {
  /** Base address; it may have a path of its own, and a query. */
  readonly url: string;
  /** Goes into every address as `token`. */
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Token and headers, where they may change while the process runs. */
  readonly secrets?: () => { readonly token?: string; readonly headers: Readonly<Record<string, string>> };
  /** Deadline of one turn. */
  readonly timeoutMs: number;
  /** For turns, and for the records: a slow turn holds up no look at the records. */
  readonly call: Caller;
  readonly recordsCall: Caller;
}

export interface RasaTurn {
  readonly sender: string;
  readonly message: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Rasa's HTTP interface, as far as it is used. Every call throws {@link ApiFailure} unless the status says that it worked. */
export interface RasaClient {
  say(turn: RasaTurn): Promise<Answer>;
  tracker(sender: string, include: 'AFTER_RESTART' | 'ALL'): Promise<Answer>;
  append(sender: string, events: readonly unknown[]): Promise<Answer>;
  triggerIntent(sender: string, name: string, entities: Readonly<Record<string, unknown>>): Promise<Answer>;
}

/** The records answer at once or not in time to matter. */
const longestLookMs = 5_000;
/** A tracker holds all that was ever said in a conversation. */
const largestTracker = 20_000_000;

interface Request {
  readonly operation: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>> | readonly unknown[];
}

/** A client for one Rasa server. Throws a `TypeError` when the base address is none. */
export function makeClient(parts: ClientParts): RasaClient {
  const { timeoutMs } = parts;
  const now = () => ({ url: parts.url, ...(parts.secrets?.() ?? parts) });
  endpoint(now(), { path: '' });
  const records = async (request: Request) => {
    const method = request.body === undefined ? 'GET' : 'POST';
    const { body, operation } = request;
    const deadline = Math.min(timeoutMs, longestLookMs);
    const secrets = now();
    const sent = {
      method,
      url: endpoint(secrets, request),
      headers: secrets.headers,
      body,
      timeoutMs: deadline,
      maxBytes: largestTracker,
    } as const;
    return worked(await parts.recordsCall(sent), operation);
  };
  return {
    async say(turn) {
      const secrets = now();
      const url = endpoint(secrets, { path: 'webhooks/rest/webhook' });
      const { headers } = secrets;
      return worked(await parts.call({ method: 'POST', url, headers, body: { ...turn }, timeoutMs }), 'turn');
    },
    tracker: (sender, include) =>
      records({ operation: 'tracker', path: `conversations/${sender}/tracker`, query: { include_events: include } }),
    append: (sender, events) =>
      records({ operation: 'events', path: `conversations/${sender}/tracker/events`, body: events }),
    triggerIntent: (sender, name, entities) =>
      records({ operation: 'intent', path: `conversations/${sender}/trigger_intent`, body: { name, entities } }),
  };
}

function endpoint(
  { url, token }: Pick<ClientParts, 'url' | 'token'>,
  { path, query }: Pick<Request, 'path' | 'query'>,
): string {
  const address = new URL(url);
  address.pathname = `${address.pathname.replace(/\/+$/, '')}/${path}`;
  address.hash = '';
  for (const [name, value] of Object.entries({ ...query, ...(token ? { token } : {}) })) {
    address.searchParams.set(name, value);
  }
  return address.href;
}

function worked(answer: Answer, operation: string): Answer {
  if (answer.status >= 200 && answer.status < 300) return answer;
  const failure = failureOfStatus('rasa', answer, operation);
  throw isInFront(answer) ? certainly(failure) : failure;
}

/** A proxy says so when it cannot reach the server behind it; the server's own errors are objects of its own shape. */
function isInFront({ status, text }: Answer): boolean {
  if (status !== 502 && status !== 503) return false;
  try {
    const body: unknown = JSON.parse(text);
    return !isFields(body) || !('status' in body) || !('description' in body || 'reason' in body);
  } catch {
    return true; // a page
  }
}

function certainly(failure: ApiFailure): ApiFailure {
  const { upstream, kind, message, status, retryAfterMs } = failure;
  return new ApiFailure({ upstream, kind, certain: true, message, status, retryAfterMs });
}
