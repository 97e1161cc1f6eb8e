import { type DeskOptions, deskOptions } from './options';

/** The options, or one line for each that is not as agreed. */
export type ReadOptions =
  | { readonly ok: true; readonly options: DeskOptions }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Reads what `SERVICENOW_OPTIONS` says; what the profile does not know is a problem. */
export function readOptions(given: unknown): ReadOptions {
  const parsed = deskOptions.safeParse(given);
  if (parsed.success) return { ok: true, options: parsed.data };
  const issues = parsed.error.issues.map((issue) => `${[...issue.path, ''].join(': ')}${issue.message}`);
  return {
    ok: false,
    problems: issues.map((issue) => `SERVICENOW_OPTIONS is not as agreed (${issue}); it should be as README.md says`),
  };
}
