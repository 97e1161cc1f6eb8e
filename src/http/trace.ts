import {
  type Attributes,
  type Context,
  context,
  isSpanContextValid,
  type Span as OpenSpan,
  trace as openTelemetry,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
} from '@opentelemetry/api';
import { ApiFailure } from '../conversation/failures';
import { type Facts, type SpanOf, type Trace, untraced } from '../engine/trace';

const product = 'teams-servicenow-live-chat';
const kinds = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  consumer: SpanKind.CONSUMER,
  internal: SpanKind.INTERNAL,
} as const;
const traceparentForm = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** Traces through OpenTelemetry's interface. Who listens is the admin's business; while nobody does, next to nothing is done. */
export function makeTrace(): Trace {
  const tracer = openTelemetry.getTracer(product);
  return {
    span: (of, work) => {
      const parent = parentOf(of);
      if (!parent) return untraced.span(of, work);
      const span = tracer.startSpan(
        of.name,
        { kind: kinds[of.kind], attributes: attributesOf(of.facts ?? {}) },
        parent,
      );
      const told = {
        tell: (facts: Facts) => void span.setAttributes(attributesOf(facts)),
        failed: (kind: string) => fail(span, kind),
      };
      return context.with(openTelemetry.setSpan(parent, span), () => ended(span, () => work(told)));
    },
    apart: (work) => context.with(ROOT_CONTEXT, work),
    here: () => {
      const span = openTelemetry.getActiveSpan()?.spanContext();
      if (!span || !isSpanContextValid(span)) return undefined;
      return `00-${span.traceId}-${span.spanId}-${span.traceFlags.toString(16).padStart(2, '0')}`;
    },
  };
}

/**
 * Hands over what has not been handed over yet; false when that did not work out in so many milliseconds. The registered provider is
 * not of the interface's own making, so whether it can is seen by looking.
 */
export async function flushTraces(longestMs: number): Promise<boolean> {
  const provider: unknown = openTelemetry.getTracerProvider();
  const real = (provider as { getDelegate?: () => unknown }).getDelegate?.() ?? provider;
  const { forceFlush } = real as { forceFlush?: () => Promise<void> };
  if (typeof forceFlush !== 'function') return true;
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), longestMs);
  });
  const flushed = forceFlush.call(real).then(
    () => true,
    () => false,
  );
  return Promise.race([flushed, tooLate]).finally(() => clearTimeout(timer));
}

function parentOf({ under = 'here' }: SpanOf): Context | undefined {
  if (under === 'here') return context.active();
  if (under === 'here_only') return openTelemetry.getActiveSpan() ? context.active() : undefined;
  const [, traceId = '', spanId = '', flags = ''] = traceparentForm.exec(under.traceparent ?? '') ?? [];
  const kept = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
  return isSpanContextValid(kept) ? openTelemetry.setSpanContext(ROOT_CONTEXT, kept) : ROOT_CONTEXT;
}

/** Ends the span with its work, whether that is a promise or done at once. */
function ended<T>(span: OpenSpan, work: () => T): T {
  const failed = (error: unknown): never => {
    fail(span, error instanceof ApiFailure ? error.kind : error instanceof Error ? error.name : 'unknown');
    span.end();
    throw error;
  };
  try {
    const result = work();
    if (!(result instanceof Promise)) {
      span.end();
      return result;
    }
    const settled = result.then((value: unknown) => {
      span.end();
      return value;
    }, failed);
    return settled as T;
  } catch (error) {
    return failed(error);
  }
}

/** Of an error its kind is told, never its message, which may hold anything. */
function fail(span: OpenSpan, kind: string): void {
  span.setAttribute('error.type', kind);
  span.setStatus({ code: SpanStatusCode.ERROR });
}

function attributesOf(facts: Facts): Attributes {
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [`connector.${name}`, value]));
}
