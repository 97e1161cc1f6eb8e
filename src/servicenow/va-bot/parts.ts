import type { DeskSettings } from '../settings';
import type { BotCalls } from './calls';
import type { BotOptions } from './options';

export interface BotSettings extends Omit<DeskSettings, 'window'> {
  readonly options: BotOptions;
}

/** What the operations of this profile share. */
export interface BotParts extends BotSettings {
  readonly calls: BotCalls;
}
