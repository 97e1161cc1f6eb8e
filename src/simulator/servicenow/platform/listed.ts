import { shuffled } from '../model/ids';
import type { Call } from './call';

/** A list as the fault in force lets it out: shuffled, or without its last entries, as if they were not allowed to be read. */
export function listed<T>(call: Call, items: T[]): T[] {
  const { shortPage, reorder } = call.fault;
  const kept = shortPage ? items.slice(0, Math.max(0, items.length - shortPage.drop)) : items;
  return reorder ? shuffled(kept, `${call.world.state.seed}:${call.world.state.rowSeq}:${kept.length}`) : kept;
}
