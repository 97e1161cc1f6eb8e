import type { ConversationKey } from '../../conversation/types';
import type { Fence, Ownership } from '../../engine/ownership';
import type { Ask } from './ask';
import { DatabaseTime } from './database-time';
import type { Fences } from './fences';
import { Lease } from './lease';
import { type Beat, Lifeline } from './lifeline';
import type { Machine, Moment } from './machine';

/** In the place of a conversation: ServiceNow says that there is something to read. No conversation is called so. */
const news = '!news';
/** Conversations that are taken over or looked at in one go. */
const pageSize = 200;

export interface PostgresOwnershipParts {
  readonly url: string;
  readonly ask: Ask;
  readonly fences: Fences;
  readonly machine: Machine;
  /** How long a replica that is not heard of any more keeps what it owns. */
  readonly ttlMs: number;
}

/**
 * Who works for which conversation, among the replicas of one database. A replica lives as long as its beats arrive; what a dead one
 * owned, the others take over. Which of them reads for all is decided in the same way.
 */
export class PostgresOwnership implements Ownership {
  private readonly lease: Lease;
  private readonly databaseTime: DatabaseTime;
  private readonly lifeline: Lifeline;
  private readonly hintListeners: ((key: ConversationKey) => void)[] = [];
  private readonly newsListeners: (() => void)[] = [];
  private readonly readingListeners: ((reads: boolean) => void)[] = [];
  private others = 0;
  private terms = 1;
  private hasDuty = false;
  private isRetired = false;
  private saidToRead = false;
  private isTakingOver = false;

  constructor(private readonly parts: PostgresOwnershipParts) {
    const { url, machine, ttlMs, fences } = parts;
    this.lease = new Lease(machine, ttlMs);
    this.databaseTime = new DatabaseTime(machine);
    this.lifeline = new Lifeline({
      url,
      replica: fences.replica,
      ttlMs,
      machine,
      wantsToRead: () => !this.isRetired,
      onBeat: (beat, sent) => this.beaten(beat, sent),
      onTick: () => this.sayReading(),
      onMessage: (target, key) => this.told(target, key as ConversationKey),
      onAgain: () => void this.lookAround().catch(() => {}),
    });
  }

  /** Resolves when the database knows this replica. */
  async start(): Promise<void> {
    await this.lifeline.start();
    this.saidToRead = this.readsForAll();
  }

  /** The machine's time, with the database's clock on the wall. */
  get time(): Machine {
    const { machine } = this.parts;
    return {
      wall: () => this.databaseTime.wall(),
      steady: () => machine.steady(),
      after: (milliseconds, callback) => machine.after(milliseconds, callback),
    };
  }

  async claim(key: ConversationKey): Promise<Fence | undefined> {
    const { fences, ask } = this.parts;
    const known = fences.get(key);
    if (known !== undefined) return known;
    const [row] = await ask<{ fence: Fence }>('claim', key, fences.replica);
    if (row) fences.note(key, row.fence);
    return row?.fence;
  }

  mayAct(): boolean {
    return this.lease.holds();
  }

  term(): number {
    return this.terms;
  }

  readsForAll(): boolean {
    return this.hasDuty && this.lease.holds();
  }

  processes(): number {
    return this.others + 1;
  }

  onHint(listener: (key: ConversationKey) => void): void {
    this.hintListeners.push(listener);
  }

  tellReader(): void {
    this.parts.ask('tellReader', news).catch(() => {});
  }

  onNews(listener: () => void): void {
    this.newsListeners.push(listener);
  }

  onReading(listener: (reads: boolean) => void): void {
    this.readingListeners.push(listener);
  }

  /** Leaves the reading to the others: this replica is about to go, but still finishes what it began. */
  async retire(): Promise<void> {
    this.isRetired = true;
    this.hasDuty = false;
    this.sayReading();
    await this.parts.ask('giveReading', this.parts.fences.replica).catch(() => {});
  }

  /** From here on others may take over all that is left. */
  async close(): Promise<void> {
    this.lease.end();
    await this.lifeline.stop();
  }

  private beaten(beat: Beat, sent: Moment): void {
    if (!beat.alive) {
      this.terms += 1;
      this.parts.fences.forget();
    }
    this.lease.renewed(sent);
    this.databaseTime.measured(sent, beat.now);
    this.others = beat.others;
    this.hasDuty = beat.reads && !this.isRetired;
    if (beat.orphans) void this.takeOver().catch(() => {});
  }

  private sayReading(): void {
    const reads = this.readsForAll();
    if (reads === this.saidToRead) return;
    this.saidToRead = reads;
    for (const listener of this.readingListeners) listener(reads);
  }

  private told(target: string, key: ConversationKey): void {
    if (target !== '*' && target !== this.parts.fences.replica) return;
    if (key === '') this.lifeline.hurry();
    else if (key === news) for (const listener of this.newsListeners) listener();
    else this.hint(key);
  }

  private hint(key: ConversationKey): void {
    for (const listener of this.hintListeners) listener(key);
  }

  /** What belonged to replicas that live no more; others do the same at the same time, and none waits for another. */
  private async takeOver(): Promise<void> {
    if (this.isTakingOver) return;
    this.isTakingOver = true;
    const { ask, fences } = this.parts;
    try {
      for (let taken = pageSize; taken === pageSize && this.mayAct(); ) {
        const rows = await ask<{ key: ConversationKey; fence: Fence }>('takeOver', fences.replica, pageSize);
        for (const { key, fence } of rows) fences.note(key, fence);
        for (const { key } of rows) this.hint(key);
        taken = rows.length;
      }
    } finally {
      this.isTakingOver = false;
    }
  }

  /** Nobody knows what was said while the connection was lost: what is due is looked at, and the chats are read afresh. */
  private async lookAround(): Promise<void> {
    if (this.saidToRead) {
      this.saidToRead = false;
      for (const listener of this.readingListeners) listener(false);
      this.sayReading();
    }
    const now = Math.floor(this.databaseTime.wall());
    let page: { key: ConversationKey }[] = [];
    do {
      page = await this.parts.ask('due', now, page.at(-1)?.key ?? '', pageSize, this.parts.fences.replica);
      for (const { key } of page) this.hint(key);
    } while (page.length === pageSize);
  }
}
