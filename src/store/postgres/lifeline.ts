import { Client } from 'pg';
import { queryOf } from './ask';
import { type Machine, type Moment, momentOf } from './machine';
import { connectionOf } from './pool';

/** What the database answers to a beat. */
export interface Beat {
  /** The lease had not run out before this beat. */
  readonly alive: boolean;
  /** Other replicas that live. */
  readonly others: number;
  /** This replica reads for all. */
  readonly reads: boolean;
  /** Conversations belong to a replica that lives no more. */
  readonly orphans: boolean;
  /** The database's time, epoch milliseconds. */
  readonly now: number;
}

export interface LifelineParts {
  readonly url: string;
  readonly replica: string;
  readonly ttlMs: number;
  readonly machine: Machine;
  /** Whether this replica is ready to read for all. */
  readonly wantsToRead: () => boolean;
  readonly onBeat: (beat: Beat, sent: Moment) => void;
  /** After each beat, also one that failed. */
  readonly onTick: () => void;
  /** Somebody says something: for whom, and which conversation. */
  readonly onMessage: (target: string, key: string) => void;
  /** The connection stands again after it was lost: messages may have been missed. */
  readonly onAgain: () => void;
}

/**
 * The one connection by which a replica is known to live: it beats on it, and listens. It never waits behind other work, and a lost one
 * is opened again with the next beat.
 */
export class Lifeline {
  private client: Client | undefined;
  private cancel: (() => void) | undefined;
  private beating: Promise<void> | undefined;
  private wasLost = false;
  private stopped = false;

  constructor(private readonly parts: LifelineParts) {}

  /** The first beat; rejects when the database cannot be reached. */
  async start(): Promise<void> {
    try {
      await this.beat();
    } catch (error) {
      this.drop();
      throw error;
    }
    this.schedule();
  }

  /** Beats at once: something has changed among the replicas. */
  hurry(): void {
    if (this.beating || this.stopped) return;
    this.cancel?.();
    this.tick();
  }

  /** Says farewell, as far as the database can hear it. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.cancel?.();
    await this.beating;
    const { client } = this;
    await client?.query(queryOf('farewell', [this.parts.replica])).catch(() => {});
    this.drop();
  }

  private schedule(): void {
    if (!this.stopped) this.cancel = this.parts.machine.after(this.parts.ttlMs / 4, () => this.tick());
  }

  private tick(): void {
    this.beating = this.beat()
      .catch(() => this.drop())
      .finally(() => {
        this.beating = undefined;
        this.parts.onTick();
        this.schedule();
      });
  }

  private async beat(): Promise<void> {
    const { replica, ttlMs, machine, wantsToRead, onBeat, onAgain } = this.parts;
    this.client ??= await this.connect();
    const sent = momentOf(machine);
    const { rows } = await this.client.query<Beat>(queryOf('beat', [replica, ttlMs, wantsToRead()]));
    const [beat] = rows;
    if (!beat) throw new Error('the database did not answer a beat');
    onBeat(beat, sent);
    if (this.wasLost) onAgain();
    this.wasLost = false;
  }

  private async connect(): Promise<Client> {
    const timeout = Math.max(1_000, this.parts.ttlMs / 2);
    const client = new Client({ ...connectionOf(this.parts.url), query_timeout: timeout, statement_timeout: timeout });
    client.on('error', () => this.lost(client));
    client.on('end', () => this.lost(client));
    client.on('notification', ({ payload = '' }) => {
      const [target = '', ...key] = payload.split(' ');
      this.parts.onMessage(target, key.join(' '));
    });
    try {
      await client.connect();
      await client.query('LISTEN connector');
      return client;
    } catch (error) {
      void client.end().catch(() => {});
      throw error;
    }
  }

  private lost(client: Client): void {
    if (this.client === client) this.drop();
  }

  private drop(): void {
    const { client } = this;
    this.client = undefined;
    this.wasLost = !this.stopped;
    void client?.end().catch(() => {});
  }
}
