import { readSince } from '../conversation/cursor';
import type { ChatState, ConversationEvent } from '../conversation/events';
import { ApiFailure } from '../conversation/failures';
import type { Rules } from '../conversation/rules';
import type { ConversationKey } from '../conversation/types';
import type { ChatGlance, Clock, Desk, Log, ThreadReading } from './ports';
import { differs, lateRowsMs, type Watch } from './watch';

export interface ThreadReaderParts {
  readonly desk: Desk;
  readonly clock: Clock;
  readonly rules: Rules;
  readonly log: Log;
  offer(key: ConversationKey, event: ConversationEvent, offer: { correlation: string }): Promise<unknown>;
}

/** How a read went: well, and whether something was new; badly, in a way that passes; the far side asked to be left alone for so many milliseconds; or the chat may not be read. */
export type ReadOutcome = 'good' | 'news' | 'bad' | { readonly restMs: number } | { readonly refused: ApiFailure };

/** Reads one chat's thread, offers what is new, and ends the chat only when ServiceNow says that it is gone. */
export class ThreadReader {
  constructor(private readonly parts: ThreadReaderParts) {}

  async read(watch: Watch, glance: ChatGlance | undefined): Promise<ReadOutcome> {
    const { desk, clock, rules } = this.parts;
    watch.memory.lastReadAt = clock.now();
    try {
      const context = glance ? { correlation: 'reader', glanced: true as const } : { correlation: 'reader' };
      const reading = await desk.read(watch.chat, watch.cursor, context);
      if (watch.told) await this.tell(watch, 'reading_resumed');
      const isOpen = reading.state.state === 'unknown' || reading.state.state === 'unanswered';
      const state = isOpen && glance ? glance.state : reading.state;
      const { fresh } = readSince(watch.cursor, reading.rows, rules);
      if (fresh.length > 0 || differs(watch, state)) await this.bring(watch, reading.rows, state);
      this.remember(watch, glance, reading, fresh.length > 0);
      return fresh.length > 0 ? 'news' : 'good';
    } catch (error) {
      return this.failed(watch, error);
    }
  }

  /** The agent's words cannot be read for a while, or can be read again: the employee hears of it. */
  async tell({ key, chat }: Watch, type: 'reading_interrupted' | 'reading_resumed'): Promise<void> {
    const event = { type, chat: chat.id, at: this.parts.clock.now() };
    try {
      await this.parts.offer(key, event, { correlation: `reader:${chat.id}` });
    } catch (error) {
      this.parts.log.error('reader_failed', { live_chat_id: chat.id, error: (error as Error).name });
    }
  }

  /** The chat is lost to us: a failure of this kind ends it. */
  async lose(watch: Watch, { kind }: ApiFailure): Promise<void> {
    const event = { type: 'chat_lost', chat: watch.chat.id, kind, at: this.parts.clock.now() } as const;
    await this.parts.offer(watch.key, event, { correlation: `read:${watch.chat.id}` });
  }

  /** The list's mark counts as read once its row was there; until then, for a while, the thread is read again. */
  private remember(
    { memory }: Watch,
    glance: ChatGlance | undefined,
    { rows, mark }: ThreadReading,
    hasNews: boolean,
  ): void {
    const now = this.parts.clock.now();
    if (hasNews) memory.lastRowAt = now;
    if (glance?.mark === undefined) return;
    if (glance.mark !== memory.announced?.mark) memory.announced = { mark: glance.mark, since: now };
    const isThere = mark === glance.mark || rows.some((row) => row.id === glance.mark);
    if (isThere || now - memory.announced.since >= lateRowsMs) memory.mark = glance.mark;
  }

  private async bring(watch: Watch, rows: ThreadReading['rows'], state: ChatState): Promise<void> {
    const at = this.parts.clock.now();
    const newest = rows.at(-1)?.id ?? 'state';
    const event = { type: 'thread_read', chat: watch.chat.id, rows, state, at } as const;
    await this.parts.offer(watch.key, event, { correlation: `row:${newest}` });
  }

  /** A chat that may no longer be read is over only if the queue does not say otherwise. */
  private async failed(watch: Watch, error: unknown): Promise<ReadOutcome> {
    const { log, rules, desk } = this.parts;
    if (!(error instanceof ApiFailure)) throw error;
    if (!error.heldBack)
      log.warn('read_failed', { live_chat_id: watch.chat.id, kind: error.kind, status: error.status });
    const bad = error.retryAfterMs === undefined ? 'bad' : { restMs: error.retryAfterMs };
    if (error.kind !== 'refused' && error.kind !== 'not_found') {
      if (rules.retryBudgetMs > 0) return bad;
      await this.lose(watch, error);
      return 'good';
    }
    const state = await desk.state(watch.chat, { correlation: 'reader' }).catch(passing);
    if (state === 'later' || state?.state === 'waiting' || state?.state === 'in_progress') return bad;
    if (state?.state !== 'ended') return { refused: error };
    await this.bring(watch, [], state);
    return 'good';
  }
}

function passing(error: unknown): 'later' | undefined {
  if (!(error instanceof ApiFailure)) throw error;
  return error.kind === 'refused' || error.kind === 'not_found' ? undefined : 'later';
}
