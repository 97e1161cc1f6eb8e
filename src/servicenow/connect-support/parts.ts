import type { CursorWindow } from '../../conversation/cursor';
import type { Clock, Log } from '../../engine/ports';
import type { Texts } from '../../texts/texts';
import type { DeskOptions } from '../options';
import type { IsId } from '../paths';
import type { ServiceNowAuth } from '../tokens';
import type { ConnectCalls } from './calls';
import type { Identity } from './identity';
import type { QueueState } from './queue-state';
import type { StateOf } from './states';

/** What an admin says about the instance. */
export interface ConnectSupportSettings {
  readonly url: string;
  readonly auth: ServiceNowAuth;
  readonly timeoutMs: number;
  /** sys_id of the default queue. */
  readonly queue: string;
  /** Aliases of further queues. */
  readonly queues: Readonly<Record<string, string>>;
  /** How far back threads are read. */
  readonly window: CursorWindow;
  readonly options: DeskOptions;
  readonly texts: Texts;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether this process may speak for what it owns. */
  readonly mayCall?: () => boolean;
}

/** What the operations of this profile share. */
export interface DeskParts extends ConnectSupportSettings {
  readonly isId: IsId;
  readonly calls: ConnectCalls;
  readonly identity: Identity;
  readonly stateOf: StateOf;
  readonly queueState: QueueState;
}
