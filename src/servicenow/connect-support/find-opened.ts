import { ApiFailure } from '../../conversation/failures';
import type { OpenedChat, OpenRequest } from '../../engine/ports';
import { isOpening, tokenIn } from '../brief';
import { isNotThere } from '../not-there';
import { queueOf } from '../queue-of';
import { openedChat } from './opening';
import type { DeskParts } from './parts';
import { threadOf, wordsIn } from './reading';
import { type ListedConversation, type QueueEntry, serverTime } from './schema';

/** A chat of ours that may be the one looked for. */
interface Candidate {
  readonly entry: QueueEntry;
  /** The token of the hand-off that it belongs to, where the lists show it. */
  readonly token?: string;
}

/** A chat may have been opened so long before it was asked for, by clocks that do not run alike. */
const marginMs = 60_000;

/**
 * The chat that a lost answer may stand for, among the caller's own: by the token in what the lists show of it, or else in its first
 * row. Where no list can be had nobody knows, and the failure goes on: a second chat must not be opened.
 */
export async function findOpened(parts: DeskParts, request: OpenRequest): Promise<OpenedChat | undefined> {
  const candidates = await openChats(parts, queueOf(parts, request));
  const marked = candidates.filter(({ token }) => token === request.token);
  const found =
    marked.find(({ entry }) => parts.stateOf(entry).state !== 'ended') ??
    marked[0] ??
    (await byFirstRow(parts, request, candidates)) ??
    (await amongEnded(parts, request));
  return found && openedChat(parts, request, found.entry);
}

/** The caller's chats in the queue, as both lists show them; a list that the instance does not have is made up for by the other. */
async function openChats({ calls }: DeskParts, queue: string): Promise<Candidate[]> {
  const lists = await Promise.allSettled([
    calls.listed(queue).then((found) => found.map(ofConversation)),
    calls.entries({ queue_id: queue, closed: 'false' }).then((found) => found.map(ofEntry)),
  ]);
  const refusals = lists.flatMap((list) => (list.status === 'rejected' ? [list.reason as unknown] : []));
  const passing = refusals.find((error) => !isNotThere(error));
  if (passing) throw passing;
  if (refusals.length === lists.length) throw refusals[0];
  return lists.flatMap((list) => (list.status === 'fulfilled' ? list.value : [])).filter(({ entry }) => entry.group);
}

function ofConversation({ sys_id, queueEntry, last_message }: ListedConversation): Candidate {
  const { entry, token } = ofEntry({ ...queueEntry, group: queueEntry?.group ?? sys_id });
  const last = last_message ? wordsIn(last_message) : '';
  return { entry, token: token ?? (isOpening(last) ? tokenIn(last) : undefined) };
}

function ofEntry(entry: QueueEntry): Candidate {
  return { entry, token: tokenIn(entry.short_description ?? '') };
}

/** A chat can be over before it was found. The account's history may be long: without it, the chat counts as not there. */
async function amongEnded(parts: DeskParts, request: OpenRequest): Promise<Candidate | undefined> {
  try {
    const all = await parts.calls.entries({ queue_id: queueOf(parts, request) });
    return all.map(ofEntry).find(({ entry, token }) => entry.group && token === request.token);
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    parts.log.warn('servicenow_history_not_read', { kind: error.kind, status: error.status });
    return undefined;
  }
}

/** Where lists show too little, the thread of each chat that may be the one. */
async function byFirstRow(parts: DeskParts, request: OpenRequest, candidates: readonly Candidate[]) {
  const isOlder = olderThan(parts.clock.now() - request.handoff.requestedAt, candidates);
  const known = new Set(candidates.flatMap(({ entry, token }) => (token === undefined ? [] : [entry.group])));
  for (const candidate of candidates) {
    const { entry } = candidate;
    if (entry.group === undefined || known.has(entry.group) || isOlder(entry)) continue;
    known.add(entry.group);
    if (parts.stateOf(entry).state === 'ended') continue;
    if (await beginsWith(parts, entry.group, request.token)) return candidate;
  }
  return undefined;
}

/** True of chats in which nothing happened for longer than this; ServiceNow's time is the newest that it shows. */
function olderThan(milliseconds: number, candidates: readonly Candidate[]): (entry: QueueEntry) => boolean {
  const times = candidates.map(({ entry }) => serverTime(entry.sys_updated_on) ?? 0);
  const since = Math.max(0, ...times) - milliseconds - marginMs;
  return (entry) => (serverTime(entry.sys_updated_on) ?? since) < since;
}

async function beginsWith(parts: DeskParts, group: string, token: string): Promise<boolean> {
  try {
    const rows = await threadOf(parts, group);
    return rows.map(wordsIn).some((words) => isOpening(words) && tokenIn(words) === token);
  } catch (error) {
    if (isNotThere(error)) return false; // gone meanwhile
    throw error;
  }
}
