import { lateness, rowTime } from '../faults/rows';
import { shuffled } from './ids';
import { type Chat, entryState, isEnded, type Row, type RowFile, type User } from './state';
import { newId, now, plan, platformNow, type World } from './world';

/** A row as somebody writes it. */
export interface NewRow {
  readonly author: Row['author'];
  readonly user?: User;
  readonly text: string;
  readonly workNote?: boolean;
  readonly files?: readonly RowFile[];
  readonly context?: string;
  /** Platform time, where it is not the present one. */
  readonly at?: number;
  /** Does not count as a use of the chat. */
  readonly quiet?: boolean;
}

/** Writes a row into the thread. What the requester says may set off an agent's automatic reply. */
export function addRow(world: World, chat: Chat, given: NewRow): Row {
  const { state } = world;
  const time = now(world);
  const subject = { chat: chat.id, user: given.user?.userName ?? 'system', body: given.text };
  state.rowSeq += 1;
  const row: Row = {
    id: newId(world),
    seq: state.rowSeq,
    author: given.author,
    userId: given.user?.sysId ?? null,
    text: given.text,
    at: given.at ?? rowTime(state, subject, time, platformNow(world)),
    insertedAt: time,
    visibleAt: time + lateness(state, subject, time),
    workNote: given.workNote ?? false,
    files: [...(given.files ?? [])],
    context: given.context ?? null,
  };
  chat.rows.push(row);
  if (given.quiet) world.changed(chat.id);
  else touch(world, chat);
  world.rowWritten(chat, row);
  if (given.author === 'requester') planReply(world, chat, given.text);
  return row;
}

/** A text of the platform; null says nothing. */
export function addSystemRow(world: World, chat: Chat, text: string | null): Row | undefined {
  return text === null ? undefined : addRow(world, chat, { author: 'system', text });
}

/** The chat was used just now: what waits for silence starts again. */
export function touch(world: World, chat: Chat): void {
  chat.updatedAt = platformNow(world);
  planIdle(world, chat);
  world.changed(chat.id);
}

/** Lets the silence of a chat have its consequences, where any are configured. */
export function planIdle(world: World, chat: Chat): void {
  const { due, config } = world.state;
  world.state.due = due.filter((each) => each.chat !== chat.id || !each.what.kind.startsWith('idle'));
  if (isEnded(chat)) return;
  if (config.idleReminderMs > 0) plan(world, chat, config.idleReminderMs, { kind: 'idleReminder' });
  if (config.idleCloseMs > 0) plan(world, chat, config.idleCloseMs, { kind: 'idleClose' });
}

/** Which part of a thread a caller sees. */
export interface View {
  readonly workNotes: boolean;
  /** Rows younger than so many milliseconds are not there yet. */
  readonly staleMs: number;
}

/** The rows that a read sees, newest first. */
export function visibleRows(world: World, chat: Chat, view: View): Row[] {
  return seenRows(world, chat, view)
    .reverse()
    .sort((a, b) => shownTime(world, b) - shownTime(world, a) || b.seq - a.seq);
}

/** The newest row that a read sees, and how many of another's it sees after a time: for lists, without sorting threads. */
export function glanceAt(
  world: World,
  chat: Chat,
  view: View,
  reader: { readonly id: string; readonly since: number },
) {
  const rows = seenRows(world, chat, view);
  const isNewer = (row: Row, than: Row) =>
    shownTime(world, row) > shownTime(world, than) ||
    (shownTime(world, row) === shownTime(world, than) && row.seq > than.seq);
  const last = rows.reduce<Row | undefined>((best, row) => (best && !isNewer(row, best) ? best : row), undefined);
  const unread = rows.filter((row) => row.userId !== reader.id && shownTime(world, row) > reader.since).length;
  return { last, unread };
}

/** One page of a thread: the newest rows, or the newest of those before a timestamp, in the configured order. */
export function pageOf(world: World, chat: Chat, view: View, before: number | null): Row[] {
  const { order, beforeInclusive, pageSize } = world.state.config;
  const rows = visibleRows(world, chat, view);
  const isOlder = (row: Row) =>
    before === null || shownTime(world, row) < before || (beforeInclusive && shownTime(world, row) === before);
  const page = rows.filter(isOlder).slice(0, pageSize);
  if (order === 'shuffled') return shuffled(page, `${world.state.seed}:${chat.id}:${page[0]?.id}`);
  return order === 'asc' ? page.reverse() : page;
}

/** The time that a row carries as its `timestamp`. */
export function shownTime(world: World, row: Row): number {
  return world.state.config.timestampMode === 'ms' ? row.at : Math.floor(row.at / 1000) * 1000;
}

function seenRows(world: World, chat: Chat, { workNotes, staleMs }: View): Row[] {
  const time = now(world);
  return chat.rows.filter(
    (row) =>
      row.visibleAt <= time && (workNotes || !row.workNote) && (staleMs === 0 || row.insertedAt <= time - staleMs),
  );
}

function planReply(world: World, chat: Chat, text: string): void {
  if (chat.state !== entryState.inProgress || chat.agentId === null) return;
  const reply = world.state.users[chat.agentId]?.agent?.autoReply;
  if (!reply) return;
  const said = reply.text.replaceAll('{text}', text);
  plan(world, chat, reply.afterMs, { kind: 'autoReply', agent: chat.agentId, text: said });
}
