import type { ChatState, ThreadRow } from '../../conversation/events';
import type { Cursor, RowId, ServerTime } from '../../conversation/types';
import { cleanInline } from '../clean';
import { markedUp } from '../markup';
import type { Change, Standing } from './schema';

/** A row's id is its number in the application's log: it says what has been read. `instance`: where links without a host lead. */
export function rowOf(change: Change, instance: string): ThreadRow {
  const { sequence, author, agentName, text, attachments, createdOn } = change;
  return {
    id: rowId(sequence),
    at: createdOn as ServerTime,
    author: author === 'self' || author === 'system' ? author : 'agent',
    ...(agentName === '' ? {} : { name: cleanInline(agentName) }),
    text: markedUp(text, { instance }),
    ...(attachments.length === 0 ? {} : { files: attachments }),
    workNote: false,
  };
}

export function rowId(sequence: number): RowId {
  return String(sequence) as RowId;
}

/** The number up to which a cursor has read. Its newest row is always among those it has seen. */
export function readUpTo(cursor: Cursor): number {
  return newestOf(cursor.seen.map((row) => row.id));
}

/** The greatest number among ids of rows; 0 when there is none. */
export function newestOf(rows: readonly RowId[]): number {
  return Math.max(0, ...rows.filter((id) => /^\d{1,10}$/.test(id)).map(Number));
}

/** How a chat stands, in the core's words. */
export function stateOf({ state, position, estimatedWait }: Standing): ChatState {
  return {
    state: state === 'opening' ? 'waiting' : nameOf(state),
    ...(position === undefined ? {} : { position }),
    ...(estimatedWait ? { wait: cleanInline(estimatedWait) } : {}),
  };
}

function nameOf(state: string): ChatState['state'] {
  return state === 'waiting' || state === 'in_progress' || state === 'ended' ? state : 'unknown';
}
