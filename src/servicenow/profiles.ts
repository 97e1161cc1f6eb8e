import type { CursorWindow } from '../conversation/cursor';
import type { Clock, Desk, FileDesk, Log } from '../engine/ports';
import type { Texts } from '../texts/texts';
import { makeConnectSupportDesk } from './connect-support/desk';
import type { DeskOptions } from './options';
import { type ReadOptions, readOptions, readScriptedOptions } from './read-options';
import { makeScriptedDesk } from './scripted/desk';
import type { ScriptedOptions } from './scripted/options';
import type { ServiceNowAuth } from './tokens';

/** How an instance is talked to, with what an admin says about it. */
export type Profile =
  | { readonly name: 'connect-support'; readonly options: DeskOptions }
  | { readonly name: 'scripted'; readonly options: ScriptedOptions };

/** What every profile needs. */
export interface DeskSettings {
  readonly url: string;
  readonly auth: ServiceNowAuth;
  readonly timeoutMs: number;
  /** sys_id of the default queue. */
  readonly queue: string;
  /** Aliases of further queues. */
  readonly queues: Readonly<Record<string, string>>;
  /** How far back threads are read, where they are read by times. */
  readonly window: CursorWindow;
  readonly texts: Texts;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether this process may speak for what it owns. */
  readonly mayCall?: () => boolean;
}

/** The profile of that name with the options that are given for it. */
export function readProfile(name: Profile['name'], given: unknown): ReadOptions<Profile> {
  if (name === 'scripted') {
    const read = readScriptedOptions(given);
    return read.ok ? { ok: true, options: { name, options: read.options } } : read;
  }
  const read = readOptions(given);
  return read.ok ? { ok: true, options: { name, options: read.options } } : read;
}

export function makeDesk(profile: Profile, settings: DeskSettings): Desk & FileDesk & { close(): void } {
  switch (profile.name) {
    case 'connect-support':
      return makeConnectSupportDesk({ ...settings, options: profile.options });
    case 'scripted':
      return makeScriptedDesk({ ...settings, options: profile.options });
  }
}
