/** What a span tells of its work: ids, kinds and numbers, never words, names or secrets. */
export type Facts = Readonly<Record<string, string | number | boolean | undefined>>;

/** One piece of work as a trace tells of it. */
export interface SpanOf {
  /** One of a few: what differs from case to case is a fact. */
  readonly name: string;
  readonly kind: 'server' | 'client' | 'consumer' | 'internal';
  readonly facts?: Facts;
  /**
   * What it belongs to. `here`: what runs here, else it begins a trace; `here_only`: without a trace here it is not told of; else
   * the place that was kept with work that is done later.
   */
  readonly under?: 'here' | 'here_only' | { readonly traceparent: string | undefined };
}

/** What is learnt about a piece of work while it is done. */
export interface Span {
  tell(facts: Facts): void;
  /** It did not work out, in a way that is no error to its caller. */
  failed(kind: string): void;
}

/** Tells how one thing led to another, over the queue and over processes. */
export interface Trace {
  /** Does the work, and tells how long it took and whether it worked out. */
  span<T>(of: SpanOf, work: (span: Span) => T): T;
  /** Begins work that goes on for itself: it belongs to nothing that runs here. */
  apart<T>(work: () => T): T;
  /** The place in the trace of what runs here, as W3C's header `traceparent` writes it; absent when there is none. */
  here(): string | undefined;
}

const silent: Span = { tell: () => {}, failed: () => {} };

/** Nobody listens. */
export const untraced: Trace = {
  span: (_of, work) => work(silent),
  apart: (work) => work(),
  here: () => undefined,
};
