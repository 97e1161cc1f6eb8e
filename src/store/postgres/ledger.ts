import type { ConversationKey, Instant } from '../../conversation/types';
import type { GivenUp, GivenUpPlace, LedgerEntry, LedgerStore, ReceivedTurn, Trail } from '../../engine/store';
import { type PendingRow, pendingEntry, type SettledRow, settledEntry } from '../ledger-rows';
import { readGivenUp } from '../record';
import { inOrder } from '../traces';
import type { Ask } from './ask';

/** What became of everything, read from the database. */
export class PostgresLedger implements LedgerStore {
  constructor(private readonly ask: Ask) {}

  /** A turn that led to nothing is looked for among the newest ones, and only when nothing else has this id. */
  async trail(id: string, limit: number): Promise<Trail> {
    const [settled, pending, received] = await Promise.all([
      this.ask<SettledRow>('settledOf', id, limit),
      this.ask<PendingRow>('pendingOf', id, limit),
      this.ask<ReceivedTurn>('received', id, limit),
    ]);
    const effects = inOrder([...settled.map(settledEntry), ...pending.map(pendingEntry)]);
    if (received.length + effects.length > 0) return { received: received.reverse(), effects };
    return { received: await this.ask<ReceivedTurn>('receivedOnly', id, limit), effects };
  }

  async givenUp(since: Instant, limit: number, after?: GivenUpPlace): Promise<readonly LedgerEntry[]> {
    const { settledAt, key, seq } = after ?? { settledAt: since, key: '', seq: 0 };
    return (await this.ask<SettledRow>('givenUp', since, settledAt, key, seq, limit)).map(settledEntry);
  }

  async newestGivenUp(since: Instant, limit: number): Promise<readonly LedgerEntry[]> {
    return (await this.ask<SettledRow>('newestGivenUp', since, limit)).map(settledEntry);
  }

  async givenUpWork(key: ConversationKey, seq: number): Promise<GivenUp | undefined> {
    const [row] = await this.ask<SettledRow & { body: string | null }>('givenUpOne', key, seq);
    if (!row) return undefined;
    return { entry: settledEntry(row), ...(row.body === null ? {} : { effect: readGivenUp(row.body, key) }) };
  }
}
