import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Log } from '../engine/ports';

/** What Prometheus reads. Labels are kinds and outcomes, never ids or words. */
export interface Metrics {
  /** Counts what the log tells of. */
  readonly log: Log;
  turn(status: number, seconds: number): void;
  text(): Promise<string>;
  readonly contentType: string;
}

export function makeMetrics(live: () => number): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const turns = new Histogram({
    name: 'connector_turn_seconds',
    help: 'From the arrival of a turn to its answer to the channel, by status',
    labelNames: ['status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers,
  });
  const settled = new Counter({
    name: 'connector_effects_total',
    help: 'Effects that ended, by kind and outcome (done, withdrawn, given_up, unknown)',
    labelNames: ['effect', 'outcome'] as const,
    registers,
  });
  const failed = new Counter({
    name: 'connector_attempts_failed_total',
    help: 'Attempts that failed, by kind of effect and of failure',
    labelNames: ['effect', 'kind'] as const,
    registers,
  });
  const refused = new Counter({
    name: 'connector_turns_refused_total',
    help: 'Requests to the messaging endpoint that were refused, by reason',
    labelNames: ['reason'] as const,
    registers,
  });
  const ambiguous = new Counter({
    name: 'teams_ambiguous_total',
    help: 'Sends to Teams of which nobody knows whether they were shown',
    registers,
  });
  const reads = new Counter({
    name: 'connector_reads_failed_total',
    help: 'Reads of a thread that failed, by kind',
    labelNames: ['kind'] as const,
    registers,
  });
  new Gauge({
    name: 'connector_live_chats',
    help: 'Chats that are queued or connected',
    registers,
    collect() {
      this.set(live());
    },
  });
  const open = new Gauge({
    name: 'connector_upstream_left_alone',
    help: '1 while a far side in trouble is not called, but for a try now and then',
    labelNames: ['upstream'] as const,
    registers,
  });
  const count = (event: string, fields: Readonly<Record<string, unknown>> = {}) => {
    const effect = String(fields.effect);
    if (event === 'effect_settled')
      settled.inc({ effect, outcome: String(fields.outcome) }, 1 + Number(fields.together ?? 0));
    if (event === 'effect_failed') {
      failed.inc({ effect, kind: String(fields.kind) });
      if (effect === 'show' && fields.certain === false) ambiguous.inc();
    }
    if (event === 'upstream_left_alone') open.set({ upstream: String(fields.upstream) }, 1);
    if (event === 'upstream_again') open.set({ upstream: String(fields.upstream) }, 0);
    if (event === 'found_in_flight' && effect === 'show') ambiguous.inc();
    if (event === 'turn_refused') refused.inc({ reason: String(fields.reason) });
    if (event === 'read_failed') reads.inc({ kind: String(fields.kind) });
  };
  return {
    log: { info: count, warn: count, error: count },
    turn: (status, seconds) => turns.observe({ status: String(status) }, seconds),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
