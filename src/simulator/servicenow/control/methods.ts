import type { CallbackAttempt } from '../bot-api/courier';
import type { BotActions } from '../bot-api/desk-actions';
import type { JournalEntry } from '../journal';
import type { PushAttempt } from '../push';
import type { Actions } from './actions';
import type { SimulatorClock } from './clock';
import type { ResetOptions } from './commands';
import type { Fixtures } from './fixtures';

/** Everything that can be done to a simulated instance from outside the platform plane. */
export interface Methods extends Actions, Fixtures, BotActions {
  readonly clock: SimulatorClock;
  /** The requests of the platform plane after the one with this number. */
  journal(since?: number): JournalEntry[];
  /** Every attempt of the push rule since the start or the last reset. */
  pushes(): PushAttempt[];
  /** The same for callbacks of the Bot Integration API. */
  callbacks(): CallbackAttempt[];
  /** A fresh instance as at the start, with another seed or clock where given; the journal is empty again. */
  reset(options?: ResetOptions): void;
}
