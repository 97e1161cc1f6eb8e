import type { ConversationKey, Instant } from '../../conversation/types';
import type { GivenUp, GivenUpPlace, LedgerEntry, LedgerStore, ReceivedTurn, Trail } from '../../engine/store';
import { type PendingRow, pendingEntry, type SettledRow, settledEntry } from '../ledger-rows';
import { readGivenUp } from '../record';
import { inOrder } from '../traces';
import type { Statements } from './statements';

/** What became of everything, read from the file. */
export class SqliteLedger implements LedgerStore {
  constructor(private readonly sql: Statements) {}

  /** A turn that led to nothing is looked for among the newest ones, and only when nothing else has this id. */
  async trail(id: string, limit: number): Promise<Trail> {
    const settled = (this.sql.settledOf.all(id, limit) as SettledRow[]).map(settledEntry);
    const pending = (this.sql.pendingOf.all(id, limit) as PendingRow[]).map(pendingEntry);
    const effects = inOrder([...settled, ...pending]);
    const received = this.sql.received.all(id, limit) as ReceivedTurn[];
    if (received.length + effects.length > 0) return { received: received.reverse(), effects };
    return { received: this.sql.receivedOnly.all(id, limit) as ReceivedTurn[], effects };
  }

  async givenUp(since: Instant, limit: number, after?: GivenUpPlace): Promise<readonly LedgerEntry[]> {
    const { settledAt, key, seq } = after ?? { settledAt: since, key: '', seq: 0 };
    return (this.sql.givenUp.all(since, settledAt, key, seq, limit) as SettledRow[]).map(settledEntry);
  }

  async newestGivenUp(since: Instant, limit: number): Promise<readonly LedgerEntry[]> {
    return (this.sql.newestGivenUp.all(since, limit) as SettledRow[]).map(settledEntry);
  }

  async givenUpWork(key: ConversationKey, seq: number): Promise<GivenUp | undefined> {
    const row = this.sql.givenUpOne.get(key, seq) as SettledRow | undefined;
    if (!row) return undefined;
    const { body } = this.sql.givenUpBody.get(key, seq) as { body: string | null };
    return { entry: settledEntry(row), ...(body === null ? {} : { effect: readGivenUp(body, key) }) };
  }
}
