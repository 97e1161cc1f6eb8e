// What an admin loads with `--require` to hear of traces, here into the file TRACE_FILE: one line per span, at once, or with
// TRACE_LATE=1 when somebody asks for what is left.
const { appendFileSync } = require('node:fs');
const { context, trace } = require('@opentelemetry/api');
const { AsyncLocalStorageContextManager } = require('@opentelemetry/context-async-hooks');
const { BasicTracerProvider, BatchSpanProcessor, SimpleSpanProcessor } = require('@opentelemetry/sdk-trace-base');

const exporter = {
  export(spans, done) {
    for (const span of spans) {
      const { name, attributes, parentSpanContext } = span;
      const { traceId, spanId } = span.spanContext();
      const line = { name, attributes, traceId, spanId, parent: parentSpanContext?.spanId };
      appendFileSync(process.env.TRACE_FILE, `${JSON.stringify(line)}\n`);
    }
    done({ code: 0 });
  },
  shutdown: async () => {},
};

const isLate = process.env.TRACE_LATE === '1';
const late = { scheduledDelayMillis: 3_600_000 };
const processor = isLate ? new BatchSpanProcessor(exporter, late) : new SimpleSpanProcessor(exporter);
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [processor] }));
