import type { Clock, Log } from '../../engine/ports';
import type { Texts } from '../../texts/texts';
import type { ServiceNowAuth } from '../tokens';
import type { ScriptedCalls } from './calls';
import type { Feed } from './feed';
import type { ScriptedOptions } from './options';

/** What an admin says about the instance. */
export interface ScriptedSettings {
  readonly url: string;
  readonly auth: ServiceNowAuth;
  readonly timeoutMs: number;
  /** sys_id of the default queue. */
  readonly queue: string;
  /** Aliases of further queues. */
  readonly queues: Readonly<Record<string, string>>;
  readonly options: ScriptedOptions;
  readonly texts: Texts;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether this process may speak for what it owns. */
  readonly mayCall?: () => boolean;
}

/** What the operations of this profile share. */
export interface ScriptedParts extends ScriptedSettings {
  readonly calls: ScriptedCalls;
  readonly feed: Feed;
}
