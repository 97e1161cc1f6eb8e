import type { IncomingHttpHeaders } from 'node:http';
import type { Item } from '../dialogue/collector';

/** A request, read in full. The path is as it came: nothing in it is decoded. */
export interface RasaRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Aborted when the client has gone, the time is up or the server stops. */
  readonly signal: AbortSignal;
}

/** How an answer goes out. `bytesPerSecond` spreads it. */
export type Delivery =
  | { readonly how: 'whole' | 'cut' | 'break off' | 'reset' | 'never' }
  | { readonly how: 'drip'; readonly bytesPerSecond: number }
  | { readonly how: 'close idle'; readonly afterMs: number };

/** What is sent. A list of items stays a list until the last moment, so that a fault can still change it. */
export type Content =
  | { readonly kind: 'items'; readonly items: readonly unknown[] }
  | { readonly kind: 'text'; readonly text: string; readonly type: string }
  | { readonly kind: 'stream'; readonly play: (write: (item: Item) => void) => Promise<void> };

/** An answer on its way. */
export interface Answer {
  readonly status: number;
  readonly content: Content;
  readonly headers?: Readonly<Record<string, string>>;
  readonly delivery?: Delivery;
  /** Whether a turn was played to its end and kept. */
  readonly processed?: boolean;
}

/** Why a turn was called off. */
export type StopReason = 'client gone' | 'time is up' | 'server stops';

/** JSON as Rasa's server writes it: slashes are escaped. */
export function rasaJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('/', '\\/');
}

/** An answer that holds JSON. */
export function json(status: number, value: unknown): Answer {
  return { status, content: { kind: 'text', text: rasaJson(value), type: 'application/json' } };
}

/** An answer that holds text. */
export function plain(status: number, text: string, type = 'text/plain; charset=utf-8'): Answer {
  return { status, content: { kind: 'text', text, type } };
}

/** The list that the REST channel answers with. */
export function items(list: readonly unknown[], processed = false): Answer {
  return { status: 200, content: { kind: 'items', items: list }, processed };
}
