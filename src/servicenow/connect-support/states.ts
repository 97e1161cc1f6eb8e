import type { ChatState } from '../../conversation/events';
import type { Log } from '../../engine/ports';
import type { DeskOptions } from '../options';
import type { QueueEntry } from './schema';

/** A queue entry in the core's words. */
export type StateOf = (entry: QueueEntry) => ChatState;

/** A number that nobody knows counts as neither ended nor answered, and is logged once. */
export function makeStates(states: DeskOptions['states'], log: Log): StateOf {
  const unknown = new Set<number>();
  return ({ state: code, position, average_wait_time: wait }) => {
    const state = nameOf(code, states);
    if (state === 'unknown' && code !== undefined && !unknown.has(code)) {
      unknown.add(code);
      log.warn('servicenow_unknown_state', { state: code });
    }
    return {
      state,
      ...(position !== undefined && position > 0 ? { position } : {}),
      ...(wait === undefined ? {} : { wait }),
    };
  };
}

function nameOf(code: number | undefined, states: DeskOptions['states']): ChatState['state'] {
  if (code === undefined) return 'unknown';
  if (states.ended.includes(code)) return 'ended';
  if (states.inProgress.includes(code)) return 'in_progress';
  return states.waiting.includes(code) ? 'waiting' : 'unknown';
}
