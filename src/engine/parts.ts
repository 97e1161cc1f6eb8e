import type { Rules } from '../conversation/rules';
import type { Couriers } from './couriers/couriers';
import type { Changed } from './fold';
import type { Ownership } from './ownership';
import type { Pace } from './pace';
import type { Clock, Log } from './ports';
import type { ConversationStore, Stored } from './store';
import type { Trace } from './trace';

/** What the engine works with. */
export interface EngineParts {
  readonly store: ConversationStore;
  readonly couriers: Couriers;
  readonly pace: Pace;
  readonly ownership: Ownership;
  readonly clock: Clock;
  readonly rules: Rules;
  readonly log: Log;
  /** A number in [0, 1), for jitter. */
  readonly random: () => number;
  /** Absent: nobody listens. */
  readonly trace?: Trace;
}

/** What became of a change: as the store says, or there was nothing to change. */
export type Revised = 'saved' | 'seen' | 'fenced' | 'unchanged';

/** A change to one conversation, computed from how it is kept now; `undefined` when there is nothing to change. */
export type Revision = (stored: Stored) => Changed | undefined;
