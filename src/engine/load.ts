import type { Conversation, ConversationKey } from '../conversation/types';
import type { Clock } from './ports';
import type { ConversationStore } from './store';

/** `busy`: turns of live chats are taken, others are not. `full`: none is. */
export type LoadLevel = 'calm' | 'busy' | 'full';

export interface LoadLimits {
  /** Turns that wait to be stored. */
  readonly busyFrom: number;
  readonly fullFrom: number;
  /** How late the process is with everything, milliseconds. */
  readonly busyLagMs: number;
  readonly fullLagMs: number;
}

export const defaultLimits: LoadLimits = { busyFrom: 300, fullFrom: 3_000, busyLagMs: 500, fullLagMs: 3_000 };

const lookEveryMs = 100;

/** There is more to do than can be done in time: the channel shall deliver this turn again. */
export class Overloaded extends Error {
  override readonly name = 'Overloaded';
}

/** Notices that the process cannot keep up, so that a few turns are refused early instead of all of them being late. */
export class Load {
  private underWay = 0;
  private lagMs = 0;
  private cancel: (() => void) | undefined;

  constructor(
    private readonly parts: {
      readonly clock: Clock;
      readonly store: ConversationStore;
      readonly limits: LoadLimits;
      /** Milliseconds that only go forward. */
      readonly steady: () => number;
    },
  ) {}

  /** Begins to measure how late timers ring. */
  start(): void {
    const { clock, steady } = this.parts;
    const expected = steady() + lookEveryMs;
    this.cancel = clock.after(lookEveryMs, () => {
      const late = Math.max(0, steady() - expected);
      this.lagMs = late > this.lagMs ? late : this.lagMs * 0.8 + late * 0.2;
      this.start();
    });
  }

  stop(): void {
    this.cancel?.();
  }

  get level(): LoadLevel {
    const { busyFrom, fullFrom, busyLagMs, fullLagMs } = this.parts.limits;
    if (this.underWay >= fullFrom || this.lagMs >= fullLagMs) return 'full';
    return this.underWay >= busyFrom || this.lagMs >= busyLagMs ? 'busy' : 'calm';
  }

  /** Takes a turn, if there is room for it: live chats go first. Throws {@link Overloaded}. */
  async take<T>(key: ConversationKey, work: () => Promise<T>): Promise<T> {
    const { level } = this;
    if (level === 'full' || (level === 'busy' && !(await this.isLive(key)))) throw new Overloaded();
    this.underWay += 1;
    try {
      return await work();
    } finally {
      this.underWay -= 1;
    }
  }

  private async isLive(key: ConversationKey): Promise<boolean> {
    const stored = await this.parts.store.load(key);
    return stored !== undefined && hasAgent(stored.conversation);
  }
}

function hasAgent({ phase }: Conversation): boolean {
  return phase.name === 'opening' || phase.name === 'queued' || phase.name === 'connected';
}
