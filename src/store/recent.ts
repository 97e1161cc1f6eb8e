import type { ConversationKey } from '../conversation/types';
import type { Change, Stored } from '../engine/store';

/** Conversations that are kept in memory beside the file, the longest unused forgotten first. */
const most = 4_000;

/**
 * Conversations as they were last read or written. The file belongs to this process alone, so what was committed here is how it is
 * kept; reading it again would only cost. Nobody may change what comes out.
 */
export class Recent {
  private readonly known = new Map<ConversationKey, Stored>();

  get(key: ConversationKey): Stored | undefined {
    const stored = this.known.get(key);
    if (!stored) return undefined;
    this.known.delete(key);
    this.known.set(key, stored);
    return stored;
  }

  put(key: ConversationKey, stored: Stored): void {
    this.known.set(key, stored);
    if (this.known.size <= most) return;
    const [oldest] = this.known.keys();
    if (oldest !== undefined) this.known.delete(oldest);
  }

  /** A change was committed: what is known moves on with it, or is forgotten where it was not known. */
  changed({ key, from, conversation, effects, put, settle }: Change): void {
    const before = this.known.get(key);
    if (from > 0 && before?.version !== from) {
      if ((before?.version ?? 0) <= from) this.known.delete(key);
      return;
    }
    const gone = new Set([...settle.map(({ seq }) => seq), ...put.map(({ seq }) => seq)]);
    const kept = (before?.outbox ?? []).filter((entry) => !gone.has(entry.seq));
    const settled = new Set(settle.map(({ seq }) => seq));
    const added = put.filter((entry) => !settled.has(entry.seq));
    const outbox = [...kept, ...added].sort((one, other) => one.seq - other.seq);
    this.put(key, { conversation, version: from + 1, effects, outbox });
  }
}
