import type { ConversationKey } from '../../conversation/types';
import type { Fence } from '../../engine/ownership';

/** What others have taken or freed stays in memory until then. */
const mostKnown = 100_000;

/**
 * The conversations that this replica owns, as far as it knows: a memory that saves asking. It may be wrong; whoever acts on it is
 * told so by the database.
 */
export class Fences {
  private readonly known = new Map<ConversationKey, Fence>();

  constructor(
    /** The name of this replica in the database; another one after each start. */
    readonly replica: string,
  ) {}

  get(key: ConversationKey): Fence | undefined {
    return this.known.get(key);
  }

  /** How a commit or a claim left it. */
  note(key: ConversationKey, fence: Fence | undefined): void {
    if (fence === undefined) this.known.delete(key);
    else this.known.set(key, fence);
    if (this.known.size > mostKnown) this.forget();
  }

  /** The lease has run out, or another replica was seen to own what was thought to be ours. */
  forget(): void {
    this.known.clear();
  }
}
