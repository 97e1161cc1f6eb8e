import type { World } from '../model/world';
import type { Listeners } from './events';
import type { Methods } from './methods';

/** What the control plane works with. */
export interface Control {
  readonly world: World;
  readonly methods: Methods;
  readonly listeners: Listeners;
}
