import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Conversation } from '../conversation/types';
import type { Log, Observe } from '../engine/ports';
import { watchChats } from './chat-metrics';

/** What Prometheus reads; docs/metrics.md describes each figure. Labels are kinds and outcomes, never ids or words. */
export interface Metrics {
  /** Counts what the log tells of. */
  readonly log: Log;
  turn(status: number, seconds: number): void;
  /** An event of ServiceNow was heard, or refused. */
  event(outcome: string): void;
  /** A callback of ServiceNow was taken, or refused. */
  callback(outcome: string): void;
  /** Measures the calls to one far side. */
  calls(upstream: string): Observe;
  /** A conversation has changed. */
  chat(conversation: Conversation): void;
  text(): Promise<string>;
  readonly contentType: string;
}

/** What is asked whenever Prometheus asks. */
export interface Now {
  /** Live chats that this process reads. */
  readonly live: () => number;
  /** Since all live chats were looked at, milliseconds; 0 without any. */
  readonly lagMs: () => number;
}

const answerBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5];
const callBuckets = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25];
const deliveryBuckets = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];
const waitBuckets = [5, 15, 30, 60, 120, 300, 600, 900, 1_800];

export function makeMetrics(now: Now): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const figures = figuresIn(registry);
  standing(registry, now);
  const count = counting(figures);
  return {
    log: { info: count, warn: count, error: count },
    turn: (status, seconds) => figures.turns.observe({ status: String(status) }, seconds),
    event: (outcome) => figures.events.inc({ outcome }),
    callback: (outcome) => figures.callbacks.inc({ outcome }),
    calls: (upstream) => (call, ms, outcome) => figures.calls.observe({ upstream, call, outcome }, ms / 1_000),
    chat: watchChats({
      queued: (seconds) => figures.queued.observe(Math.max(0, seconds)),
      ended: (reason) => figures.ended.inc({ reason }),
    }),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

type Figures = ReturnType<typeof figuresIn>;

function figuresIn(registry: Registry) {
  const registers = [registry];
  const histogram = <L extends string>(name: string, help: string, labelNames: readonly L[], buckets: number[]) =>
    new Histogram({ name, help, labelNames: [...labelNames], buckets, registers });
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
    new Counter({ name, help, labelNames: [...labelNames], registers });
  return {
    turns: histogram(
      'connector_turn_seconds',
      'From the arrival of a turn to its answer to the channel, by status',
      ['status'],
      answerBuckets,
    ),
    refused: counter(
      'connector_turns_refused_total',
      'Requests to the messaging endpoint that were refused, by reason',
      ['reason'],
    ),
    events: counter(
      'connector_events_total',
      'Events of ServiceNow, by outcome (taken, repeated, unsigned, wrong_signature, too_old)',
      ['outcome'],
    ),
    callbacks: counter(
      'connector_callbacks_total',
      'Callbacks of ServiceNow, by outcome (kept, repeated, unknown_chat, malformed, not_kept, wrong_secret, headers, body)',
      ['outcome'],
    ),
    settled: counter(
      'connector_effects_total',
      'Effects that ended, by kind and outcome (done, withdrawn, given_up, unknown)',
      ['effect', 'outcome'],
    ),
    delivered: histogram(
      'connector_delivery_seconds',
      'From the moment at which something was to be done to its being done, by kind of effect',
      ['effect'],
      deliveryBuckets,
    ),
    lost: counter(
      'connector_given_up_total',
      'Effects that were given up, or of which nobody knows, by kind and reason',
      ['effect', 'reason'],
    ),
    failed: counter('connector_attempts_failed_total', 'Attempts that failed, by kind of effect and of failure', [
      'effect',
      'kind',
    ]),
    ambiguous: counter('teams_ambiguous_total', 'Sends to Teams of which nobody knows whether they were shown'),
    reads: counter('connector_reads_failed_total', 'Reads of a thread that failed, by kind', ['kind']),
    calls: histogram(
      'connector_call_seconds',
      'Calls to the far sides, by side, call and outcome (ok, or the kind of failure)',
      ['upstream', 'call', 'outcome'],
      callBuckets,
    ),
    queued: histogram('connector_queue_seconds', 'How long employees waited until an agent was there', [], waitBuckets),
    ended: counter('connector_chats_ended_total', 'Chats that ended, by reason', ['reason']),
    open: new Gauge({
      name: 'connector_upstream_left_alone',
      help: '1 while a far side in trouble is not called, but for a try now and then',
      labelNames: ['upstream'] as const,
      registers,
    }),
  };
}

function standing(registry: Registry, { live, lagMs }: Now): void {
  const gauge = (name: string, help: string, value: () => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(value());
      },
    });
  gauge('connector_live_chats', 'Chats that are queued or connected', live);
  gauge('connector_reader_lag_seconds', 'Since all live chats were looked at; 0 without any', () => lagMs() / 1_000);
}

type Fields = Readonly<Record<string, unknown>>;

/** The log tells of everything that happens: what is counted is read from it. */
function counting(figures: Figures): (event: string, fields?: Fields) => void {
  const { settled, delivered, lost, failed, ambiguous, refused, reads, open } = figures;
  const handlers: Readonly<Record<string, (fields: Fields, effect: string) => void>> = {
    effect_settled: ({ outcome, together, waitedMs, detail }, effect) => {
      settled.inc({ effect, outcome: String(outcome) }, 1 + Number(together ?? 0));
      if (outcome === 'done') delivered.observe({ effect }, Number(waitedMs ?? 0) / 1_000);
      else if (outcome !== 'withdrawn')
        lost.inc({ effect, reason: String(detail ?? outcome) }, 1 + Number(together ?? 0));
    },
    effect_failed: ({ kind, certain }, effect) => {
      failed.inc({ effect, kind: String(kind) });
      if (effect === 'show' && certain === false) ambiguous.inc();
    },
    found_in_flight: (_, effect) => {
      if (effect === 'show') ambiguous.inc();
    },
    upstream_left_alone: ({ upstream }) => open.set({ upstream: String(upstream) }, 1),
    upstream_again: ({ upstream }) => open.set({ upstream: String(upstream) }, 0),
    turn_refused: ({ reason }) => refused.inc({ reason: String(reason) }),
    read_failed: ({ kind }) => reads.inc({ kind: String(kind) }),
  };
  return (event, fields = {}) => handlers[event]?.(fields, String(fields.effect));
}
