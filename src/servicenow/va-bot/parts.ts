import type { Inbox } from '../../engine/inbox';
import type { Clock, Log } from '../../engine/ports';
import type { Texts } from '../../texts/texts';
import type { ServiceNowAuth } from '../tokens';
import type { BotCalls, MessageAuth } from './calls';
import type { BotOptions } from './options';

export interface BotSettings {
  readonly url: string;
  readonly auth: ServiceNowAuth;
  readonly messageAuth: MessageAuth;
  readonly timeoutMs: number;
  /** sys_id of the default queue. */
  readonly queue: string;
  /** Aliases of further queues. */
  readonly queues: Readonly<Record<string, string>>;
  readonly options: BotOptions;
  /** Where callbacks are kept, whichever process took them. */
  readonly inbox: Inbox;
  readonly texts: Texts;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether this process may speak for what it owns. */
  readonly mayCall?: () => boolean;
}

/** What the operations of this profile share. */
export interface BotParts extends BotSettings {
  readonly calls: BotCalls;
}
