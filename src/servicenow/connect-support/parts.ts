import type { DeskOptions } from '../options';
import type { IsId } from '../paths';
import type { DeskSettings } from '../settings';
import type { ConnectCalls } from './calls';
import type { Identity } from './identity';
import type { QueueState } from './queue-state';
import type { StateOf } from './states';

export interface ConnectSupportSettings extends Omit<DeskSettings, 'messageAuth' | 'inbox'> {
  readonly options: DeskOptions;
}

/** What the operations of this profile share. */
export interface DeskParts extends ConnectSupportSettings {
  readonly isId: IsId;
  readonly calls: ConnectCalls;
  readonly identity: Identity;
  readonly stateOf: StateOf;
  readonly queueState: QueueState;
}
