import type { Log } from '../engine/ports';

export type Condition = 'ok' | 'degraded' | 'down';

/** How the process and its far sides are. */
export interface Readiness {
  readonly status: Condition;
  readonly checks: Readonly<Record<'store' | 'servicenow' | 'rasa' | 'teams', Condition>>;
}

export interface Health {
  /** Learns from what the log tells: no far side is called for the sake of a check. */
  readonly log: Log;
  readiness(): Promise<Readiness>;
}

type FarSide = 'servicenow' | 'rasa' | 'teams';

const farSides: Readonly<Record<string, FarSide>> = {
  ask: 'rasa',
  tell_assistant: 'rasa',
  identify: 'teams',
  show: 'teams',
  refresh: 'teams',
  attach: 'servicenow',
  open: 'servicenow',
  post: 'servicenow',
  leave: 'servicenow',
  reap: 'servicenow',
  rate: 'servicenow',
};

/** Failures that speak of the far side, not of one call. */
const troubles: ReadonlySet<unknown> = new Set(['unreachable', 'unauthorized', 'malformed', 'throttled']);

/** `checkStore` throws when the store cannot be used. A far side counts as down from its last failed call to its next good one. */
export function makeHealth(checkStore: () => Promise<void>): Health {
  const conditions: Record<FarSide, Condition> = { servicenow: 'ok', rasa: 'ok', teams: 'ok' };
  const note = (event: string, fields: Readonly<Record<string, unknown>> = {}) => {
    const side = farSides[String(fields.effect)];
    if (event === 'effect_settled' && side && fields.outcome === 'done') conditions[side] = 'ok';
    const isOurs = fields.upstream === 'connector';
    if (event === 'effect_failed' && side && !isOurs && troubles.has(fields.kind)) conditions[side] = 'down';
    const left = fields.upstream as FarSide;
    if (event === 'upstream_left_alone' && left in conditions) conditions[left] = 'down';
    if (event === 'upstream_again' && left in conditions) conditions[left] = 'ok';
    if (event === 'reading_disturbed') conditions.servicenow = 'down';
    if (event === 'reading_again') conditions.servicenow = 'ok';
  };
  return {
    log: { info: note, warn: note, error: note },
    async readiness() {
      const store: Condition = await checkStore().then(
        () => 'ok',
        () => 'down',
      );
      const isDisturbed = Object.values(conditions).includes('down');
      const status = store === 'down' ? 'down' : isDisturbed ? 'degraded' : 'ok';
      return { status, checks: { store, ...conditions } };
    },
  };
}
