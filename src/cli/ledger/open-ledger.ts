import { connectControl } from '../../control/client';
import { type Ledger, makeLedger } from '../../control/ledger';
import { defaultRules } from '../../conversation/rules';
import { machineTime, makeClock } from '../../engine/clock';
import type { Courier } from '../../engine/couriers/courier';
import { Engine } from '../../engine/engine';
import { soleOwner } from '../../engine/ownership';
import { Pace } from '../../engine/pace';
import type { Log } from '../../engine/ports';
import type { ConversationStore } from '../../engine/store';
import { databaseFileOf, openStore } from './open-store';

/** The ledger, and who answers: the running connector, or the database itself. */
export interface OpenLedger {
  readonly ledger: Ledger;
  readonly from: 'connector' | 'database';
  close(): Promise<void>;
}

/** Asks the running connector where it has the database to itself, else the database. */
export async function openLedger(databaseUrl: string): Promise<OpenLedger> {
  const file = databaseFileOf(databaseUrl);
  const connector = file === undefined ? undefined : await connectControl(file);
  if (connector) return { ledger: connector, from: 'connector', close: async () => {} };
  const store = await openStore(databaseUrl);
  const engine = await idleEngine(store);
  const close = async () => {
    await engine.idle();
    await engine.stop(0);
    await store.close();
  };
  return { ledger: makeLedger({ store, offer: engine.offer.bind(engine) }), from: 'database', close };
}

/**
 * An engine that owns no conversation: it takes events in and carries nothing out. The connector does, when it next looks; with its
 * first word in a conversation it also sets anew when that wants to be woken, which only here comes from the default rules.
 */
async function idleEngine(store: ConversationStore): Promise<Engine> {
  const clock = makeClock(machineTime, await store.newest());
  const ownership = { ...soleOwner, claim: async () => undefined, mayAct: () => false };
  const limits = { perConversation: [], perTenant: { count: 1, perMs: 1 } };
  const pace = new Pace({ store, clock, ownership, limits });
  const couriers = {
    ask: nobody,
    tell_assistant: nobody,
    identify: nobody,
    open: nobody,
    post: nobody,
    leave: nobody,
    reap: nobody,
    show: nobody,
    refresh: nobody,
    fetch: nobody,
    attach: nobody,
    discard: nobody,
    hand_over: nobody,
    rate: nobody,
  };
  return new Engine({ store, couriers, pace, ownership, clock, rules: defaultRules, log: noLog, random: Math.random });
}

const nobody: Courier = {
  carry: () => Promise.reject(new Error('nothing is carried out here')),
  giveUp: () => [],
};

const noLog: Log = { info: () => {}, warn: () => {}, error: () => {} };
