import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';

/** Somebody who listens, as an admin's SDK does. */
export interface Listener {
  readonly spans: () => readonly ReadableSpan[];
  /** Spans with this name, in the order in which they ended. */
  named(name: string): readonly ReadableSpan[];
  /** What was told until now does not count. */
  forget(): void;
  /** Nobody listens any more. */
  leave(): void;
}

export function listen(): Listener {
  const exporter = new InMemorySpanExporter();
  const contexts = new AsyncLocalStorageContextManager().enable();
  context.setGlobalContextManager(contexts);
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
  const spans = () => exporter.getFinishedSpans();
  return {
    spans,
    named: (name) => spans().filter((span) => span.name === name),
    forget: () => exporter.reset(),
    leave: () => {
      trace.disable();
      context.disable();
      contexts.disable();
    },
  };
}

/** The names from a span up to where its trace began, as far as they were told. */
export function wayTo(span: ReadableSpan, all: readonly ReadableSpan[]): string[] {
  const parent = all.find((other) => other.spanContext().spanId === span.parentSpanContext?.spanId);
  return [...(parent ? wayTo(parent, all) : []), span.name];
}
