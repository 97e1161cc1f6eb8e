import type { CursorWindow } from '../conversation/cursor';
import type { Inbox } from '../engine/inbox';
import type { Clock, Log } from '../engine/ports';
import type { Texts } from '../texts/texts';
import type { ServiceNowAuth } from './tokens';

/** What proves that a message is ours, where the instance asks for it. */
export interface MessageAuth {
  readonly token?: string;
  readonly signingKey?: string;
}

/** What every profile needs. */
export interface InstanceSettings {
  readonly url: string;
  readonly auth: ServiceNowAuth;
  readonly timeoutMs: number;
  /** sys_id of the default queue. */
  readonly queue: string;
  /** Aliases of further queues. */
  readonly queues: Readonly<Record<string, string>>;
  readonly texts: Texts;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether this process may speak for what it owns. */
  readonly mayCall?: () => boolean;
}

/** The same, with what some of them need. */
export interface DeskSettings extends InstanceSettings {
  /** How far back threads are read, where they are read by times. */
  readonly window: CursorWindow;
  /** What proves that a message is ours, beside who calls. */
  readonly messageAuth: MessageAuth;
  /** Where what the instance brings by itself is kept. */
  readonly inbox: Inbox;
}
