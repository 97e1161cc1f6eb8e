import type { z } from 'zod';
import { type DeskOptions, deskOptions } from './options';
import { type ScriptedOptions, scriptedOptions } from './scripted/options';
import { type BotOptions, botOptions } from './va-bot/options';

/** The options, or one line for each that is not as agreed. */
export type ReadOptions<T = DeskOptions> =
  | { readonly ok: true; readonly options: T }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Reads what `SERVICENOW_OPTIONS` says; what the profile does not know is a problem. */
export function readOptions(given: unknown): ReadOptions {
  return readBy(deskOptions, given);
}

/** The same for the profile `scripted`. */
export function readScriptedOptions(given: unknown): ReadOptions<ScriptedOptions> {
  return readBy(scriptedOptions, given);
}

/** The same for the profile `va-bot`. */
export function readBotOptions(given: unknown): ReadOptions<BotOptions> {
  return readBy(botOptions, given);
}

function readBy<T>(shape: z.ZodType<T>, given: unknown): ReadOptions<T> {
  const parsed = shape.safeParse(given);
  if (parsed.success) return { ok: true, options: parsed.data };
  const issues = parsed.error.issues.map((issue) => `${[...issue.path, ''].join(': ')}${issue.message}`);
  return {
    ok: false,
    problems: issues.map((issue) => `SERVICENOW_OPTIONS is not as agreed (${issue}); it should be as README.md says`),
  };
}
