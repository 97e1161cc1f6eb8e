import type { InstanceSettings } from '../settings';
import type { ScriptedCalls } from './calls';
import type { Feed } from './feed';
import type { ScriptedOptions } from './options';

export interface ScriptedSettings extends InstanceSettings {
  readonly options: ScriptedOptions;
}

/** What the operations of this profile share. */
export interface ScriptedParts extends ScriptedSettings {
  readonly calls: ScriptedCalls;
  readonly feed: Feed;
}
