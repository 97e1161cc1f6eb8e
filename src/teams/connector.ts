import { z } from 'zod';
import { ApiFailure, type FailureKind } from '../conversation/failures';
import { failureOfStatus } from '../upstream/answers';
import type { Answer, Caller } from '../upstream/call';
import type { ServiceHosts } from './service-hosts';
import type { TokenSource } from './tokens';

export interface ConnectorParts {
  readonly call: Caller;
  /** Absent: nothing is proved, for development without an app id. */
  readonly tokens?: TokenSource;
  readonly hosts: ServiceHosts;
  readonly timeoutMs: number;
}

export interface ConnectorCall {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly serviceUrl: string;
  /** Put into the address one by one, each encoded. */
  readonly path: readonly string[];
  readonly body?: Readonly<Record<string, unknown>>;
  /** What it is called in the log. */
  readonly operation: string;
}

/**
 * One call to the channel's REST interface, without any retry but one: a token that was not accepted is replaced once.
 * The address is checked here, at the last moment, so that neither words nor token go where they may not.
 */
export async function callConnector(parts: ConnectorParts, call: ConnectorCall): Promise<Answer> {
  const base = parts.hosts.baseOf(call.serviceUrl);
  // These would lead to another path, encoded or not.
  const climbs = call.path.some((part) => /^\.{0,2}$/.test(part));
  if (base === undefined || climbs) throw notAllowed(call.operation);
  const url = `${base}/${call.path.map(encodeURIComponent).join('/')}`;
  const send = (token?: string) => {
    const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
    return parts.call({ method: call.method, url, headers, body: call.body, timeoutMs: parts.timeoutMs });
  };
  const token = await parts.tokens?.current();
  const first = await send(token);
  const isStale = first.status === 401 && token !== undefined && parts.tokens !== undefined;
  const answer = isStale ? await send(await parts.tokens?.renew(token)) : first;
  if (answer.status >= 200 && answer.status <= 202) return answer;
  throw failureOf(answer, call.operation);
}

function notAllowed(operation: string): ApiFailure {
  const message = `teams: ${operation} has an address that nothing may be sent to`;
  return new ApiFailure({ upstream: 'teams', kind: 'refused', certain: true, message });
}

/** What the codes in an error's body say better than its status. */
const kindOfCode: Readonly<Record<string, FailureKind>> = {
  BotNotRegistered: 'unauthorized',
  ConversationBlockedByUser: 'refused',
  BotNotInConversationRoster: 'refused',
  BotDisabledByAdmin: 'refused',
  MessageWritesBlocked: 'refused',
  ConversationNotFound: 'not_found',
  MessageSizeTooBig: 'too_large',
};

const currentShape = z.looseObject({ error: z.looseObject({ code: z.string() }) });
const legacyShape = z.looseObject({ message: z.string() });
const subCodeShape = z.looseObject({ subCode: z.string() });

/** Teams' own advice for 412: try again after one to three seconds. */
const shortest412Ms = 1_000;
const longest412Ms = 3_000;

function failureOf(answer: Answer, operation: string): ApiFailure {
  const failure = failureOfStatus('teams', answer, operation);
  if (answer.status === 412) return laterAgain(failure);
  const code = answer.status >= 400 && answer.status < 500 ? codeOf(answer.text) : undefined;
  if (code === undefined) return failure;
  const { certain, status, retryAfterMs } = failure;
  const kind = (Object.hasOwn(kindOfCode, code) && kindOfCode[code]) || failure.kind;
  const message = `${failure.message} (${code})`;
  return new ApiFailure({ upstream: 'teams', kind, certain, message, status, retryAfterMs });
}

function laterAgain({ message, status, certain }: ApiFailure): ApiFailure {
  const retryAfterMs = Math.round(shortest412Ms + Math.random() * (longest412Ms - shortest412Ms));
  return new ApiFailure({ upstream: 'teams', kind: 'unreachable', certain, message, status, retryAfterMs });
}

/** The code in either shape of an error's body; never free text. */
function codeOf(text: string): string | undefined {
  const body = parse(text);
  const legacy = legacyShape.safeParse(body).data?.message;
  const code = currentShape.safeParse(body).data?.error.code ?? subCodeShape.safeParse(parse(legacy)).data?.subCode;
  return code !== undefined && /^[A-Za-z]{1,60}$/.test(code) ? code : undefined;
}

function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
