import type { Desk, FileDesk } from '../engine/ports';
import { makeConnectSupportDesk } from './connect-support/desk';
import type { DeskOptions } from './options';
import { type ReadOptions, readBotOptions, readOptions, readScriptedOptions } from './read-options';
import { makeScriptedDesk } from './scripted/desk';
import type { ScriptedOptions } from './scripted/options';
import type { DeskSettings } from './settings';
import { makeBotDesk } from './va-bot/desk';
import type { BotOptions } from './va-bot/options';

/** How an instance is talked to, with what an admin says about it. */
export type Profile =
  | { readonly name: 'connect-support'; readonly options: DeskOptions }
  | { readonly name: 'va-bot'; readonly options: BotOptions }
  | { readonly name: 'scripted'; readonly options: ScriptedOptions };

/** The profile of that name with the options that are given for it. */
export function readProfile(name: Profile['name'], given: unknown): ReadOptions<Profile> {
  switch (name) {
    case 'connect-support':
      return named(name, readOptions(given));
    case 'va-bot':
      return named(name, readBotOptions(given));
    case 'scripted':
      return named(name, readScriptedOptions(given));
  }
}

export function makeDesk(profile: Profile, settings: DeskSettings): Desk & FileDesk & { close(): void } {
  switch (profile.name) {
    case 'connect-support':
      return makeConnectSupportDesk({ ...settings, options: profile.options });
    case 'va-bot':
      return makeBotDesk({ ...settings, options: profile.options });
    case 'scripted':
      return makeScriptedDesk({ ...settings, options: profile.options });
  }
}

function named<N extends Profile['name'], O>(name: N, read: ReadOptions<O>): ReadOptions<{ name: N; options: O }> {
  return read.ok ? { ok: true, options: { name, options: read.options } } : read;
}
