import { chatOf, rowShown } from '../conversation/belongs-to';
import type { PendingEffect } from '../conversation/effects';
import type { ConversationKey, Instant } from '../conversation/types';
import {
  type Change,
  type GivenUp,
  type GivenUpPlace,
  isRedrive,
  type LedgerEntry,
  type LedgerStore,
  type ReceivedTurn,
  type Settlement,
  type Trail,
  turnOfRedrive,
} from '../engine/store';
import { inOrder, isRedrivable, rowOf, withoutGaps } from './traces';

interface Trace {
  readonly entry: LedgerEntry;
  readonly effect: PendingEffect['effect'];
}

/** What became of everything, for the store in memory. */
export class MemoryLedger implements LedgerStore {
  private readonly traces = new Map<string, Trace>();
  private turns: ReceivedTurn[] = [];

  /** A change was kept. */
  note(change: Change): void {
    const { key, turn, at, put, settle } = change;
    if (turn !== undefined) this.turns.push({ key, turn, at });
    for (const pending of put) this.noteEffect(change, pending);
    for (const settled of settle) this.noteEnd(key, settled, at);
  }

  async trail(id: string, limit: number): Promise<Trail> {
    const effects = this.entries()
      .filter((entry) => isOf(entry, id))
      .slice(-limit);
    const led = new Set(effects.map(({ key, correlation }) => `${key}\n${correlation}`));
    const isAsked = ({ key, turn }: ReceivedTurn) => key === id || turn === id || led.has(`${key}\n${turn}`);
    const received = this.turns.filter((taken) => !isRedrive(taken.turn) && isAsked(taken)).slice(-limit);
    return { received, effects };
  }

  async givenUp(since: Instant, limit: number, after?: GivenUpPlace): Promise<readonly LedgerEntry[]> {
    return this.entries()
      .filter((entry) => isRedrivable(entry.state) && (entry.settledAt ?? 0) >= since)
      .filter((entry) => after === undefined || comparePlaces(entry, after) > 0)
      .sort(comparePlaces)
      .slice(0, limit);
  }

  async newestGivenUp(since: Instant, limit: number): Promise<readonly LedgerEntry[]> {
    return [...(await this.givenUp(since, Number.POSITIVE_INFINITY))].reverse().slice(0, limit);
  }

  async givenUpWork(key: ConversationKey, seq: number): Promise<GivenUp | undefined> {
    const trace = this.traces.get(`${key}\n${seq}`);
    if (!trace || !isRedrivable(trace.entry.state)) return undefined;
    return structuredClone({ entry: this.withRedrive(trace.entry), effect: trace.effect });
  }

  forget({ seen, ledger }: { readonly seen: Instant; readonly ledger: Instant }): void {
    for (const [name, { entry }] of this.traces) if ((entry.settledAt ?? ledger) < ledger) this.traces.delete(name);
    this.turns = this.turns.filter(({ turn, at }) => at >= (isRedrive(turn) ? Math.min(seen, ledger) : seen));
  }

  /** All of them, in the order in which their effects came about. */
  entries(): LedgerEntry[] {
    return inOrder([...this.traces.values()].map(({ entry }) => this.withRedrive(entry)));
  }

  private withRedrive(entry: LedgerEntry): LedgerEntry {
    const mark = turnOfRedrive(entry.seq);
    const redriven = this.turns.find(({ key, turn }) => key === entry.key && turn === mark);
    return redriven ? { ...entry, redrivenAt: redriven.at } : entry;
  }

  private noteEffect({ key, conversation, at }: Change, pending: PendingEffect): void {
    const { seq, effect, correlation, state, attempts, firstAttemptAt, lastAttemptAt } = pending;
    const known = this.traces.get(`${key}\n${seq}`)?.entry;
    const storedAt = known?.storedAt ?? at;
    const chat = known ? known.chat : chatOf(effect, conversation);
    const found = { storedAt, firstAttemptAt, lastAttemptAt, chat, row: rowShown(effect) };
    const entry = { key, seq, type: effect.type, correlation, state, attempts, ...withoutGaps(found) };
    this.traces.set(`${key}\n${seq}`, { entry, effect });
  }

  private noteEnd(key: ConversationKey, settled: Settlement, at: Instant): void {
    const trace = this.traces.get(`${key}\n${settled.seq}`);
    if (!trace) return;
    const { outcome, detail } = settled;
    const found = { detail, row: rowOf(trace.effect, settled), settledAt: at };
    const entry = { ...trace.entry, state: outcome, ...withoutGaps(found) };
    this.traces.set(`${key}\n${settled.seq}`, { ...trace, entry });
  }
}

function isOf({ key, correlation, chat, row, type, detail }: LedgerEntry, id: string): boolean {
  if (type === 'open' && detail === id) return true;
  return [key, correlation, chat, row].includes(id) || correlation === `row:${id}`;
}

type Place = Pick<LedgerEntry, 'settledAt' | 'key' | 'seq'>;

function comparePlaces(one: Place, other: Place): number {
  const byTime = (one.settledAt ?? 0) - (other.settledAt ?? 0);
  if (byTime !== 0) return byTime;
  return one.key === other.key ? one.seq - other.seq : one.key < other.key ? -1 : 1;
}
