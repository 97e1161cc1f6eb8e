import type { ConversationKey, Instant } from '../../src/conversation/types';
import type { Change, Committed, ConversationStore, LedgerEntry, Stored } from '../../src/engine/store';
import { MemoryStore } from '../../src/store/memory';
import type { Member, Registry } from './ownership';

/** A store in memory behind which troubles lie, and which several processes can share. */
export class SharedStore {
  readonly kept = new MemoryStore();
  /** Commits that come to grief, in order: not kept, or kept without an answer. */
  readonly troubles: ('fails' | 'lost')[] = [];
  stale = 0;
  private readonly known = new Map<ConversationKey, Stored>();

  constructor(private readonly registry: Registry) {}

  /** The store as one process has it. Without a member the process is alone, and nothing is fenced. */
  for(member?: Member): ConversationStore {
    const own: Partial<ConversationStore> = {
      load: (key) => this.load(key),
      commit: (change) => this.commit(change, member),
      due: (now, limit, after) => this.due(now, limit, after, member),
    };
    return new Proxy(this.kept as ConversationStore, {
      get: (kept, name) => {
        const value = Reflect.get(own, name) ?? Reflect.get(kept, name);
        return typeof value === 'function' && !Reflect.has(own, name) ? value.bind(kept) : value;
      },
    });
  }

  /** What was given up, or ended in doubt, with its words. */
  async doubtful(): Promise<readonly (LedgerEntry & { readonly words: string })[]> {
    const entries = await this.kept.givenUp(0 as Instant, 1_000);
    return Promise.all(
      entries.map(async (entry) => {
        const work = await this.kept.givenUpWork(entry.key, entry.seq);
        return { ...entry, words: JSON.stringify(work?.effect ?? {}) };
      }),
    );
  }

  /** Nobody may change what comes out: it is the same for everybody until the next commit. */
  private async load(key: ConversationKey): Promise<Stored | undefined> {
    const known = this.known.get(key);
    if (known) return known;
    const stored = await this.kept.load(key);
    if (stored) this.known.set(key, frozen(stored));
    return stored;
  }

  private async commit(change: Change, member: Member | undefined): Promise<Committed> {
    const trouble = this.troubles.shift();
    if (trouble === 'fails') throw new Error('the disk is full');
    if (member && this.registry.refuses(change, member.name)) {
      member.committed(change.key, 'fenced');
      return 'fenced';
    }
    this.known.delete(change.key);
    const outcome = this.kept.commit(change);
    const result = await outcome;
    this.known.delete(change.key);
    if (result === 'stale') this.stale += 1;
    if (member && result === 'saved') this.registry.kept(change, member.name);
    if (trouble === 'lost') throw new Error('the connection was lost');
    member?.committed(change.key, result);
    return result;
  }

  private async due(now: Instant, limit: number, after: ConversationKey | undefined, member: Member | undefined) {
    const keys = await this.kept.due(now, limit, after);
    return member ? keys.filter((key) => this.registry.isLeftTo(key, member.name)) : keys;
  }
}

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const inner of Object.values(value)) frozen(inner);
  return Object.freeze(value);
}
