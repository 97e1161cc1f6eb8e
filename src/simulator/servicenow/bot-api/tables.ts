import type { View } from '../model/rows';
import { entryState, type Row } from '../model/state';
import { now, type World } from '../model/world';
import type { TableRecord } from '../platform/encoded-query';
import { platformTime } from '../platform/json';
import type { BotConversation } from './records';

/** Conversations of this API as records, by table. */
export const botTables: Readonly<Record<string, (world: World, view: View) => TableRecord[]>> = {
  sys_cs_conversation: ({ state }) =>
    Object.values(state.bot.conversations).map(({ id, requesterId, phase, startedAt }) => ({
      sys_id: id,
      consumer: requesterId,
      state: phase === 'ended' ? 'closed' : 'chatInProgress',
      sys_created_on: platformTime(startedAt),
    })),

  sys_cs_message: (world, view) =>
    Object.entries(world.state.bot.byChat).flatMap(([chat, conversation]) =>
      (world.state.chats[chat]?.rows ?? [])
        .filter((row) => isSeen(world, row, view))
        .map((row) => messageRecord(conversation, row)),
    ),

  interaction: (world) => Object.values(world.state.bot.conversations).map((each) => interactionRecord(world, each)),
};

function isSeen(world: World, row: Row, { workNotes, staleMs }: View): boolean {
  const time = now(world);
  return row.visibleAt <= time && (workNotes || !row.workNote) && row.insertedAt <= time - staleMs;
}

function messageRecord(conversation: string, row: Row): TableRecord {
  return {
    sys_id: row.id,
    conversation,
    sequence: String(row.seq),
    payload: row.text,
    direction: row.author === 'requester' ? 'inbound' : 'outbound',
    is_agent: String(row.author === 'agent'),
    sender: row.userId ?? '',
    visibility_type: row.workNote ? 'internal' : 'public',
    sys_created_on: platformTime(row.at),
  };
}

function interactionRecord({ state }: World, conversation: BotConversation): TableRecord {
  const { id, interactionId, requesterId, clientSessionId, chat, startedAt } = conversation;
  const live = state.chats[chat ?? ''];
  return {
    sys_id: interactionId,
    type: 'chat',
    state: stateName(conversation, live?.state),
    opened_for: requesterId,
    assigned_to: live?.agentId ?? '',
    channel_metadata_table: 'sys_cs_conversation',
    channel_metadata_document: id,
    sys_created_on: platformTime(startedAt),
    ...(state.config.thirdPartyChat && clientSessionId !== null ? { client_session_id: clientSessionId } : {}),
  };
}

function stateName({ phase }: BotConversation, chat: number | undefined): string {
  if (phase === 'live') return 'work_in_progress';
  if (phase !== 'ended') return 'new';
  return chat === entryState.closedAbandoned || chat === entryState.closedByClient
    ? 'closed_abandoned'
    : 'closed_complete';
}
