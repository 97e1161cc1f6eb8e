import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { emptyBotState } from './bot-api/records';
import { defaultConfig } from './model/config';
import type { State } from './model/state';

const version = 1;

/** The state that an earlier run left; undefined when there is none. */
export function readStateFile(file: string): State | undefined {
  if (!existsSync(file)) return undefined;
  const stored = JSON.parse(readFileSync(file, 'utf8')) as { version?: number; state?: State };
  if (stored.version !== version || !stored.state) throw new Error(`${file} is no state file of this simulator`);
  return withoutGaps(stored.state);
}

/** What an older version did not know is as on a fresh instance; what was under way when it stopped is not waited for. */
function withoutGaps(state: State): State {
  const { bot = emptyBotState(), uploads = {}, tables = {}, config } = state;
  for (const conversation of Object.values(bot.conversations)) conversation.inFlight = null;
  return { ...state, bot, uploads, tables, config: { ...defaultConfig, ...config } };
}

/** Replaces the file as a whole: whoever is killed meanwhile leaves the old one or the new one. */
export function writeStateFile(file: string, state: State): void {
  const next = `${file}.next`;
  writeFileSync(next, JSON.stringify({ version, state }));
  renameSync(next, file);
}
