import type http from 'node:http';
import { RateBuckets } from './rate-buckets';
import { type SeenMessage, seenMessage } from './seen';
import { send, type TokenAuthority } from './token-authority';

/** Something that goes wrong with one call. `shown` tells whether the employee sees the message all the same. */
export type Fault =
  | {
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
      readonly shown?: boolean;
    }
  | { readonly delayMs: number }
  | { readonly hang: true; readonly shown?: boolean }
  | { readonly reset: true; readonly shown?: boolean };

/** One call that reached the connector, whatever came of it. */
export interface ReceivedCall {
  readonly method: string;
  /** As it came, not decoded. */
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Readonly<Record<string, unknown>>;
  readonly status: number | 'reset' | 'hang';
}

interface Reply {
  readonly status: number;
  readonly content: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The part of Bot Framework that takes messages: it keeps the rate limits, checks tokens, and remembers what is seen. */
export class FakeConnector {
  /** What the employees see, in order, typing signs not included. */
  readonly seen: SeenMessage[] = [];
  readonly calls: ReceivedCall[] = [];
  readonly rates = new RateBuckets();
  /** Typing signs per conversation. */
  typing = 0;
  /** What the directory says of a user; a user who is not here is described by default. */
  readonly members = new Map<string, Readonly<Record<string, unknown>> | number>();
  private readonly faults: Fault[] = [];
  private waiters: (() => void)[] = [];

  constructor(
    private readonly authority: TokenAuthority,
    private readonly options: { readonly requireToken: boolean; readonly enforceRates: boolean },
  ) {}

  /** The next calls go wrong in this way. */
  next(fault: Fault, times = 1): void {
    for (let count = 0; count < times; count += 1) this.faults.push(fault);
  }

  /** The texts that one conversation shows; all of them without one. */
  texts(conversation?: string): string[] {
    return this.seen
      .filter((message) => conversation === undefined || message.conversation === conversation)
      .map(({ text }) => text);
  }

  /** Resolves as soon as this is true; it is looked at after every call. */
  async until(condition: (connector: FakeConnector) => boolean, timeoutMs = 10_000): Promise<void> {
    const end = Date.now() + timeoutMs;
    while (!condition(this)) {
      if (Date.now() >= end) throw new Error(`not seen within ${timeoutMs} ms; seen: ${JSON.stringify(this.texts())}`);
      await this.change(Math.max(1, end - Date.now()));
    }
  }

  async answer(
    request: http.IncomingMessage,
    path: string,
    body: string,
    response: http.ServerResponse,
  ): Promise<void> {
    const { method = 'GET', headers } = request;
    const message = body === '' ? {} : JSON.parse(body);
    // What is ordered to go wrong is a message, not the change of one.
    const fault = method === 'PUT' ? undefined : this.faults.shift();
    if (fault && 'delayMs' in fault) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
    const outcome =
      fault && !('delayMs' in fault) ? this.failed(fault, path, message) : this.reply(request, path, message);
    const status = typeof outcome === 'string' ? outcome : outcome.status;
    this.calls.push({ method, path, headers, body: message, status });
    if (outcome === 'reset') request.socket.destroy();
    else if (outcome !== 'hang') send(response, outcome.status, outcome.content, outcome.headers);
    for (const waiter of this.waiters.splice(0)) waiter();
  }

  private failed(
    fault: Exclude<Fault, { delayMs: number }>,
    path: string,
    message: Readonly<Record<string, unknown>>,
  ): Reply | 'reset' | 'hang' {
    if (fault.shown) this.show(path, message);
    if ('reset' in fault) return 'reset';
    if ('hang' in fault) return 'hang';
    const content = fault.body ?? { error: { code: 'Fault', message: 'as told' } };
    return { status: fault.status, content, headers: fault.headers };
  }

  private reply(request: http.IncomingMessage, path: string, message: Readonly<Record<string, unknown>>): Reply {
    if (this.options.requireToken && !this.authority.accepts(request.headers.authorization)) {
      return refusal(401, 'Unauthorized');
    }
    return request.method === 'GET' ? this.describeMember(path) : this.take(path, message);
  }

  private take(path: string, message: Readonly<Record<string, unknown>>): Reply {
    const conversation = conversationOf(path);
    if (conversation === undefined) return refusal(404, 'NotFound');
    const wait = this.options.enforceRates ? this.rates.take(conversation, Date.now()) : 0;
    if (wait > 0) return { ...refusal(429, 'Throttled'), headers: { 'retry-after': String(Math.ceil(wait / 1000)) } };
    return this.show(path, message);
  }

  private describeMember(path: string): Reply {
    const [, user] = /\/members\/([^/]+)$/.exec(path) ?? [];
    if (user === undefined) return refusal(404, 'NotFound');
    const id = decodeURIComponent(user);
    const member = this.members.get(id) ?? { id, name: 'Ada Lovelace', email: 'ada@example.com' };
    return typeof member === 'number'
      ? refusal(member, 'MemberNotFoundInConversation')
      : { status: 200, content: member };
  }

  /** A new message, or, where the address ends with the id of one, that message anew. */
  private show(path: string, message: Readonly<Record<string, unknown>>): Reply {
    const conversation = conversationOf(path);
    if (conversation === undefined) return refusal(404, 'NotFound');
    if (message.type === 'typing') {
      this.typing += 1;
      return { status: 201, content: {} };
    }
    const seen = seenMessage(conversation, message, Date.now());
    const [, changed] = /\/activities\/([^/]+)$/.exec(path) ?? [];
    if (changed === undefined) return { status: 201, content: { id: `m${this.seen.push(seen)}` } };
    const place = Number(decodeURIComponent(changed).slice(1)) - 1;
    if (this.seen[place] === undefined) return refusal(404, 'ActivityNotFoundInConversation');
    this.seen[place] = seen;
    return { status: 200, content: { id: changed } };
  }

  private change(withinMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, withinMs);
      this.waiters.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}

function conversationOf(path: string): string | undefined {
  const [, conversation] = /\/v3\/conversations\/([^/]+)\/activities(\/[^/]+)?$/.exec(path) ?? [];
  return conversation === undefined ? undefined : decodeURIComponent(conversation);
}

function refusal(status: number, code: string): Reply {
  return { status, content: { error: { code, message: 'as the channel words it' } } };
}
