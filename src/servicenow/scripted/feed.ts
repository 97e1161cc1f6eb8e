import type { ChatState, ThreadRow } from '../../conversation/events';
import type { ChatId, LiveChat } from '../../conversation/types';
import type { ChatGlance, Clock, Log } from '../../engine/ports';
import type { ScriptedCalls } from './calls';
import type { ScriptedOptions } from './options';
import { rowOf, stateOf } from './rows';
import type { Change, Changes, Messages } from './schema';

/** What is known of one chat: all its rows after `from`, and how it stands by the change `stateAt`. */
interface Known {
  readonly from: number;
  readonly rows: Map<number, ThreadRow>;
  state: ChatState;
  stateAt: number;
  newest: number;
}

export interface FeedParts {
  /** The instance. */
  readonly url: string;
  readonly calls: Pick<ScriptedCalls, 'changes'>;
  readonly options: Pick<ScriptedOptions, 'mostPages' | 'placesEveryMs'>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * What is new in all chats, by one cursor over the application's log: one call tells of all that was said. A chat is followed from the
 * first time that it was read by itself. Nothing of this outlives the process: the cursors of the conversations are what counts.
 */
export class Feed {
  private readonly chats = new Map<string, Known>();
  private after: number | undefined;
  private placesFrom = 0;

  constructor(private readonly parts: FeedParts) {}

  /** One look at the log; what it then knows of these chats. */
  async look(chats: readonly LiveChat[]): Promise<Map<string, ChatGlance>> {
    this.forgetOthers(new Set(chats.map((chat) => chat.id)));
    await this.follow();
    return new Map(
      [...this.chats].map(
        ([id, { newest, state }]) => [id, { mark: String(newest), state }] satisfies [string, ChatGlance],
      ),
    );
  }

  /** The rows after a number, as far as the last look knew them; `undefined` where the feed does not hold them all. */
  rowsAfter(chat: ChatId, number: number): { rows: ThreadRow[]; state: ChatState } | undefined {
    const known = this.chats.get(chat);
    if (!known || number < known.from) return undefined;
    // What was read will not be asked for again, but for the newest row, which shows that nothing is missing.
    for (const sequence of known.rows.keys()) {
      if (sequence <= number && sequence < known.newest) known.rows.delete(sequence);
    }
    const sorted = [...known.rows].sort(([one], [other]) => one - other);
    return { rows: sorted.map(([, row]) => row), state: known.state };
  }

  /** A chat was read by itself, from this number on. What the log brought meanwhile is kept. */
  learn(chat: ChatId, from: number, pages: readonly Messages[]): void {
    const last = pages.at(-1);
    if (!last) return;
    const known = this.chats.get(chat) ?? {
      from,
      rows: new Map(),
      state: stateOf(last),
      stateAt: last.last,
      newest: 0,
    };
    if (last.last >= known.stateAt) Object.assign(known, { state: stateOf(last), stateAt: last.last });
    for (const page of pages) for (const change of page.messages) this.keep(known, change);
    this.chats.set(chat, known);
  }

  private forgetOthers(live: ReadonlySet<string>): void {
    for (const id of this.chats.keys()) if (!live.has(id)) this.chats.delete(id);
  }

  private async follow(): Promise<void> {
    const { calls, clock, options } = this.parts;
    for (let pages = 0; pages < options.mostPages; pages += 1) {
      const withPlaces = pages === 0 && clock.now() >= this.placesFrom && this.hasWaiting();
      const page = await calls.changes(this.after, withPlaces);
      if (withPlaces) this.placesFrom = clock.now() + options.placesEveryMs;
      this.take(page);
      if (!page.more) return;
    }
  }

  private take({ changes, last, waiting = [] }: Changes): void {
    if (this.after !== undefined && last < this.after) this.startAgain(last);
    for (const change of changes) this.note(change);
    for (const { conversationId, ...place } of waiting) {
      const known = this.chats.get(conversationId);
      if (known?.state.state === 'waiting') known.state = stateOf({ ...place, state: 'waiting' });
    }
    this.after = Math.max(this.after ?? 0, last);
  }

  /** The log counts from its beginning again: the application was installed anew. */
  private startAgain(last: number): void {
    this.parts.log.warn('servicenow_log_began_again', { after: this.after, last });
    this.chats.clear();
    this.after = last;
  }

  private note(change: Change): void {
    const known = this.chats.get(change.conversationId);
    if (!known) return;
    if (change.type === 'message') this.keep(known, change);
    const state = stateAfter(change);
    if (!state || change.sequence <= known.stateAt) return;
    Object.assign(known, { state: { state }, stateAt: change.sequence });
  }

  private keep(known: Known, change: Change): void {
    known.rows.set(change.sequence, rowOf(change, this.parts.url));
    known.newest = Math.max(known.newest, change.sequence);
  }

  private hasWaiting(): boolean {
    return [...this.chats.values()].some(({ state }) => state.state === 'waiting');
  }
}

/** A chat that was handed on has no agent until somebody takes it. */
function stateAfter({ type, agentName }: Change): ChatState['state'] | undefined {
  if (type === 'closed') return 'ended';
  if (type === 'joined') return 'in_progress';
  if (type === 'transferred') return agentName === '' ? 'waiting' : 'in_progress';
  return undefined;
}
