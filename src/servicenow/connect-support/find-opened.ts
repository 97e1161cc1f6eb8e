import type { OpenedChat, OpenRequest } from '../../engine/ports';
import { isOpening } from '../brief';
import { isNotThere } from './not-there';
import { openedChat, queueOf } from './opening';
import type { DeskParts } from './parts';
import { threadOf, wordsIn } from './reading';
import { type ListedConversation, type QueueEntry, serverTime } from './schema';

/** A chat of ours that may be the one looked for. */
interface Candidate {
  readonly entry: QueueEntry;
  /** What the list shows of its words. */
  readonly shown: readonly string[];
}

/** ServiceNow's clock and ours may differ by so much. */
const clockSkewMs = 900_000;

/**
 * The chat that a lost answer may stand for, among the caller's own: by the token in what the lists show of it, or else in its first
 * row. Where no list can be had nobody knows, and the failure goes on: a second chat must not be opened.
 */
export async function findOpened(parts: DeskParts, request: OpenRequest): Promise<OpenedChat | undefined> {
  const queue = queueOf(parts, request);
  const lists = [
    async () => (await parts.calls.listed(queue)).flatMap(ofConversation),
    async () => (await parts.calls.entries({ queue_id: queue })).map(ofEntry),
  ];
  const candidates: Candidate[] = [];
  const refusals: unknown[] = [];
  for (const list of lists) {
    const found = await list().catch((error: unknown) => void refusals.push(error));
    const marked = found?.find(({ entry, shown }) => entry.group && shown.some((text) => text.includes(request.token)));
    if (marked) return openedChat(parts, request, marked.entry);
    candidates.push(...(found ?? []));
  }
  const passing = refusals.find((error) => !isNotThere(error));
  if (passing) throw passing;
  if (refusals.length === lists.length) throw refusals[0];
  const entry = await byFirstRow(parts, request, candidates);
  return entry && openedChat(parts, request, entry);
}

function ofConversation({ sys_id, queueEntry, last_message }: ListedConversation): Candidate[] {
  const entry = { ...queueEntry, group: queueEntry?.group ?? sys_id };
  return [{ entry, shown: [entry.short_description ?? '', last_message ? wordsIn(last_message) : ''] }];
}

function ofEntry(entry: QueueEntry): Candidate {
  return { entry, shown: [entry.short_description ?? ''] };
}

/** Where lists show too little, the thread of each chat that may be the one. */
async function byFirstRow(parts: DeskParts, { token, handoff }: OpenRequest, candidates: readonly Candidate[]) {
  const since = handoff.requestedAt - clockSkewMs;
  const seen = new Set<string>();
  for (const { entry, shown } of candidates) {
    const { group } = entry;
    const isOlder = (serverTime(entry.sys_updated_on) ?? since) < since;
    if (group === undefined || seen.has(group) || isOlder || shown.some(isOpening)) continue;
    if (parts.stateOf(entry).state === 'ended') continue;
    seen.add(group);
    if (await beginsWith(parts, group, token, since)) return entry;
  }
  return undefined;
}

async function beginsWith(parts: DeskParts, group: string, token: string, since: number): Promise<boolean> {
  try {
    const rows = await threadOf(parts, group, (row) => row.at < since);
    return rows.some((row) => isOpening(wordsIn(row)) && wordsIn(row).includes(token));
  } catch (error) {
    if (isNotThere(error)) return false; // gone meanwhile
    throw error;
  }
}
