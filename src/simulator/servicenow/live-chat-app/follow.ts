import type { Fields } from '#live-chat-app/server/logic/glide';
import { platform } from '#live-chat-app/server/logic/names';
import { catchUpAll } from '#live-chat-app/server/logic/rules';
import { type Chat, entryState, type Row } from '../model/state';
import { now, plan, type World } from '../model/world';
import { glideOf } from './glide';
import { recordsOf } from './records';

/** How often the application's job runs. */
const catchUpMs = 60_000;

/** Whether a chat of the desk is a conversation of Agent Chat, which the application opened. */
export function isOfApp(world: World, chat: string): boolean {
  return world.state.tables[platform.conversation]?.[chat] !== undefined;
}

/** What people at the desk have done with a chat becomes the state of its work item and its interaction. */
export function followChat(world: World, id: string): void {
  const chat = world.state.chats[id];
  if (!chat || !isOfApp(world, id)) return;
  const records = recordsOf(world);
  const [interaction] = records.find({ table: platform.interaction, where: [['channel_metadata_document', '=', id]] });
  if (!interaction?.sys_id) return;
  const where = [['document_id', '=', interaction.sys_id]] as const;
  const [item] = records.find({ table: platform.workItem, where });
  const standing = standingOf(chat);
  if (item?.sys_id && differs(item, standing.item)) records.update(platform.workItem, item.sys_id, standing.item);
  const current = world.state.tables[platform.interaction]?.[interaction.sys_id] ?? interaction;
  if (!differs(current, standing.interaction)) return;
  records.update(platform.interaction, interaction.sys_id, standing.interaction);
  if (!world.state.config.appRules) plan(world, chat, catchUpMs, { kind: 'appCatchesUp' });
}

function standingOf(chat: Chat): { readonly item: Fields; readonly interaction: Fields } {
  const assigned_to = chat.agentId ?? '';
  switch (chat.state) {
    case entryState.waiting:
      return {
        item: { state: 'queued', assigned_to: '', queue: chat.queueId },
        interaction: { state: 'new', assigned_to: '' },
      };
    case entryState.inProgress:
      return { item: { state: 'accepted', assigned_to }, interaction: { state: 'work_in_progress', assigned_to } };
    case entryState.closedComplete:
    case entryState.closedEscalated:
      return { item: { active: '0' }, interaction: { state: 'closed_complete' } };
    default:
      return { item: { active: '0' }, interaction: { state: 'closed_abandoned' } };
  }
}

function differs(record: Fields, wanted: Fields): boolean {
  return Object.entries(wanted).some(([name, value]) => record[name] !== value);
}

/** A row of the desk becomes a message of the conversation; a late one only when it is there. */
export function followRow(world: World, chat: Chat, row: Row): void {
  // The first words stood in the conversation before the desk had the chat.
  if (row.author === 'requester' && chat.rows.length === 1) return;
  const late = row.visibleAt - now(world);
  if (late > 0) plan(world, chat, late, { kind: 'rowAppears', row: row.id });
  else rowAppeared(world, chat, row);
}

export function rowAppeared(world: World, chat: Chat, row: Row): void {
  recordsOf(world).insert(platform.message, {
    sys_id: row.id,
    conversation: chat.id,
    sequence: String(row.seq),
    payload: row.text,
    direction: row.author === 'requester' ? 'inbound' : 'outbound',
    is_agent: row.author === 'requester' ? '0' : '1',
    q_data_message_type: row.author === 'system' ? 'systemTextMessage' : 'consumerTextMessage',
    visibility_type: row.workNote ? 'internal' : 'public',
    sender: row.userId ?? '',
  });
  if (!world.state.config.appRules) plan(world, chat, catchUpMs, { kind: 'appCatchesUp' });
}

export function appCatchesUp(world: World, _chat: Chat): void {
  catchUpAll(glideOf(world, { user: 'system' }));
}
