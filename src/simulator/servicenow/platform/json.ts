import { inWords, isOpen, positionsIn, waitingIn } from '../model/queues';
import { glanceAt, pageOf, shownTime, type View, visibleRows } from '../model/rows';
import { type Chat, entryState, isEnded, type Queue, type Row, type RowFile, type User } from '../model/state';
import { now, userOf, type World } from '../model/world';

/** Whole seconds in UTC, as the platform writes a time; empty for none. */
export function platformTime(milliseconds: number | null): string {
  return milliseconds === null ? '' : new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ');
}

/** A queue as callers see it. */
export function queueJson(world: World, queue: Queue, caller: User) {
  return {
    sys_id: queue.id,
    name: queue.name,
    question: queue.question,
    average_wait_time: queue.averageWaitTime,
    waiting_count: waitingIn(world, queue.id).length,
    ...(isOpen(world, queue) ? {} : { not_available: queue.notAvailable }),
    escalate_to: queue.escalateTo ?? '',
    is_agent_for: caller.agent !== null,
  };
}

/** A queue entry. `positions` saves counting the queue again when many entries are written. */
export function entryJson(world: World, chat: Chat, positions = positionsIn(world, chat.queueId)) {
  return {
    sys_id: chat.entryId,
    group: chat.id,
    queue: chat.queueId,
    number: chat.number,
    state: chat.state,
    position: positions.get(chat.id) ?? 0,
    wait_time: inWords((chat.acceptedAt ?? chat.endedAt ?? now(world)) - chat.queuedAt),
    average_wait_time: world.state.queues[chat.queueId]?.averageWaitTime ?? '',
    opened_by: chat.requesterId,
    assigned_to: chat.agentId ?? '',
    short_description: chat.shortDescription,
    work_start: platformTime(chat.acceptedAt),
    work_end: platformTime(chat.state === entryState.waiting ? null : chat.endedAt),
    sys_updated_on: platformTime(chat.updatedAt),
    ...transferJson(chat),
  };
}

/** A conversation with its queue entry and, where the switch allows it, its last message. */
export function conversationJson(
  world: World,
  chat: Chat,
  view: View,
  caller: User,
  positions?: ReadonlyMap<string, number>,
) {
  const viewed = Number(chat.settings.last_viewed ?? 0);
  const { last, unread } = glanceAt(world, chat, view, { id: caller.sysId, since: viewed });
  return {
    sys_id: chat.id,
    name: chat.shortDescription,
    description: '',
    short_description: chat.shortDescription,
    group: true,
    type: 'support',
    table: 'chat_queue_entry',
    document: chat.entryId,
    access: 'public',
    visible: true,
    frame_state: 'open',
    last_viewed: viewed,
    ...chat.settings,
    restricted: false,
    unread_messages: unread,
    members: membersOf(world, chat).map(profileJson),
    ...(last ? { last_message: messageJson(world, chat, last) } : {}),
    queueEntry: entryJson(world, chat, positions),
  };
}

/** One page of a thread. */
export function threadJson(world: World, chat: Chat, view: View, before: number | null) {
  return pageOf(world, chat, view, before).map((row) => messageJson(world, chat, row));
}

/** A row of a thread. */
export function messageJson(world: World, chat: Chat, row: Row) {
  const { messageId, messageText } = world.state.config;
  const author = row.userId === null ? undefined : userOf(world, row.userId);
  return {
    sys_id: row.id,
    id: messageId === 'number' ? row.seq : `18${row.seq.toString(16).padStart(16, '0')}`,
    group: chat.id,
    profile: author?.profile ?? chat.profile,
    created_by: author?.userName ?? 'system',
    sender_name: author?.name ?? 'System',
    created_on: platformTime(row.at),
    timestamp: shownTime(world, row),
    reflected_field: row.workNote ? 'work_notes' : 'comments',
    ...(messageText === 'formatted_message' ? {} : { message: row.text }),
    ...(messageText === 'message' ? {} : { formatted_message: row.text }),
    mentions: [],
    links: linksIn(row.text),
    attachments: row.files.map((file) => fileJson(file, row, author)),
    ...(row.context === null ? {} : { context: row.context }),
  };
}

/** What is shown of a user. */
export function profileJson(user: User) {
  return { sys_id: user.profile, name: user.name, avatar: '', document: user.sysId, table: 'sys_user' };
}

/** The links and files of a whole thread. */
export function resourcesJson(world: World, chat: Chat, view: View, limit: number) {
  const rows = visibleRows(world, chat, view);
  const attachments = rows.flatMap((row) =>
    row.files.map((file) => fileJson(file, row, row.userId === null ? undefined : userOf(world, row.userId))),
  );
  return { links: rows.flatMap((row) => linksIn(row.text)).slice(0, limit), attachments: attachments.slice(0, limit) };
}

/** Everybody in the conversation: requester, agent, and whoever was added. */
export function membersOf(world: World, chat: Chat): User[] {
  const ids = [chat.requesterId, ...(chat.agentId === null ? [] : [chat.agentId]), ...chat.members];
  return [...new Set(ids)].map((id) => userOf(world, id));
}

/** True while the caller has a part in the chat that goes on. */
export function isOpenFor(world: World, chat: Chat, caller: User): boolean {
  return !isEnded(chat) && membersOf(world, chat).some((user) => user.sysId === caller.sysId);
}

function transferJson(chat: Chat) {
  const { transfer } = chat;
  if (!transfer) return {};
  return {
    transfer_state: transfer.state,
    transfer_from: transfer.from,
    transfer_to: transfer.to,
    transfer_updated_on: platformTime(transfer.changedAt),
  };
}

function linksIn(text: string) {
  return [...text.matchAll(/@L\[([^|\]]+)\|([^\]]*)\]/g)].map(([, url = '', title = '']) => ({
    sys_id: url,
    type: 'link',
    url,
    title,
    external: true,
    state: 'active',
  }));
}

function fileJson(file: RowFile, row: Row, author: User | undefined) {
  return {
    sys_id: file.id,
    file_name: file.name,
    content_type: file.contentType,
    size_bytes: file.sizeBytes,
    image: file.contentType.startsWith('image/'),
    can_read: true,
    sys_created_on: platformTime(row.at),
    sys_created_by: author?.userName ?? 'system',
  };
}
