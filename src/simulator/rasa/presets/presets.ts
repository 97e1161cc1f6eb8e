import type { ScriptInput } from '../dialogue/script';
import { calm, calmOverridden } from './calm';
import { chatroom } from './chatroom';
import { demo } from './demo';
import { helpdesk } from './helpdesk';
import { seedInRasa } from './seed-in-rasa';
import { slackPause } from './slack-pause';

/** Ready-made dialogues. */
export const presets = {
  plain: {},
  demo,
  helpdesk,
  'slack-pause': slackPause,
  'seed-inrasa': seedInRasa,
  calm,
  'calm-overridden': calmOverridden,
  chatroom,
} satisfies Record<string, ScriptInput>;

/** The name of a ready-made dialogue. */
export type PresetName = keyof typeof presets;

/** Reads a preset's name. */
export function presetName(value: string): PresetName {
  if (Object.hasOwn(presets, value)) return value as PresetName;
  throw new Error(`There is no preset "${value}". There are: ${Object.keys(presets).join(', ')}.`);
}
