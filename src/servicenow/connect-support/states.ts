import type { ChatState } from '../../conversation/events';
import type { DeskOptions } from '../options';
import type { QueueEntry } from './schema';

/** A queue entry in the core's words. */
export function stateOf(entry: QueueEntry, states: DeskOptions['states']): ChatState {
  const { position, average_wait_time: wait } = entry;
  return {
    state: nameOf(entry.state, states),
    ...(position !== undefined && position > 0 ? { position } : {}),
    ...(wait === undefined ? {} : { wait }),
  };
}

function nameOf(state: number | undefined, states: DeskOptions['states']): ChatState['state'] {
  if (state === undefined) return 'unknown';
  if (states.ended.includes(state)) return 'ended';
  if (states.inProgress.includes(state)) return 'in_progress';
  return states.waiting.includes(state) ? 'waiting' : 'unknown';
}
