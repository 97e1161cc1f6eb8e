import { conversationOf } from '../bot-api/conversations';
import { isOpen, openIn, positionsIn } from '../model/queues';
import { type Chat, type EntryState, entryState, type RowFile, type User } from '../model/state';
import { closings } from '../model/wordings';
import { chatOf, now, type World } from '../model/world';

/** A chat as the agent desk lists it; times are epoch milliseconds of the simulator's clock. */
export interface ChatSummary {
  readonly id: string;
  readonly number: string;
  readonly state: StateName;
  readonly queueId: string;
  readonly requester: string;
  readonly shortDescription: string;
  /** The place in the queue from 1; null for a chat that does not wait. */
  readonly position: number | null;
  readonly openedAt: number;
  readonly acceptedAt: number | null;
  readonly endedAt: number | null;
  /** User name and display name of the agent. */
  readonly agent: string | null;
  readonly agentName: string | null;
  readonly transfer: string | null;
  readonly followUp: string | null;
  readonly lastText: string | null;
  readonly lastAt: number | null;
  readonly rows: number;
  /** The employee types; only the Bot Integration API tells. */
  readonly typing?: true;
  /** The employee is told when the agent types. */
  readonly tellsTyping?: true;
}

/** A row as the agent's pane shows it. */
export interface PaneRow {
  readonly id: string;
  readonly author: 'requester' | 'agent' | 'system';
  readonly name: string;
  readonly text: string;
  /** Platform time. */
  readonly at: number;
  readonly workNote: boolean;
  readonly files: readonly RowFile[];
  /** Said before an agent was there: to the client's own assistant, or to the Virtual Agent. */
  readonly before?: true;
  /** What the client says became of an agent's words. */
  readonly receipt?: string;
}

export type StateName = (typeof stateNames)[EntryState];

const stateNames = {
  [entryState.waiting]: 'waiting',
  [entryState.inProgress]: 'in_progress',
  [entryState.closedComplete]: 'closed_complete',
  [entryState.closedEscalated]: 'closed_escalated',
  [entryState.closedByClient]: 'closed_by_client',
  [entryState.closedAbandoned]: 'closed_abandoned',
} as const;

/** All chats, oldest first. */
export function summaries(world: World): ChatSummary[] {
  const places = Object.keys(world.state.queues).flatMap((queue) => [...positionsIn(world, queue)]);
  const positions = new Map(places);
  return Object.values(world.state.chats).map((chat) => summary(world, chat, positions.get(chat.id) ?? null));
}

/** What the agent sees of a chat, in the order of arrival, everything that is there twice twice. */
export function paneOf(world: World, id: string): PaneRow[] {
  const { bot, chats } = world.state;
  const conversation = bot.conversations[bot.byChat[id] ?? id];
  const rows = conversation ? rowsOf(world, chats[conversation.chat ?? '']) : rowsOf(world, chatOf(world, id));
  const before = conversation?.transcript.map((line) => ({
    ...line,
    workNote: false,
    files: [],
    before: true as const,
  }));
  return [...(before ?? []), ...rows];
}

function rowsOf(world: World, chat: Chat | undefined): PaneRow[] {
  const receipts = (chat && conversationOf(world, chat.id)?.receipts) ?? {};
  return (chat?.rows ?? []).map((row) => ({
    id: row.id,
    author: row.author,
    name: nameOf(world, row.userId) ?? 'System',
    text: row.text,
    at: row.at,
    workNote: row.workNote,
    files: [...row.files],
    ...(receipts[row.id]?.status === undefined ? {} : { receipt: receipts[row.id]?.status }),
  }));
}

/** Everything that the agent desk's lists show. */
export function deskView(world: World) {
  const chats = summaries(world);
  const queues = Object.values(world.state.queues).map((queue) => ({
    id: queue.id,
    name: queue.name,
    waiting: chats.filter((chat) => chat.queueId === queue.id && chat.state === 'waiting').length,
    open: isOpen(world, queue),
    chats: openIn(world, queue.id),
  }));
  return {
    now: now(world),
    queues,
    agents: Object.values(world.state.users).filter(isAgent).map(agentView),
    chats,
    // One of each kind, and the usual one in every language; all the others work too.
    closings: closings.slice(0, 8).map(({ id, label }) => ({ id, label })),
    faults: world.state.faults.map(({ id, rule }) => ({ id, ...rule })),
  };
}

function summary(world: World, chat: Chat, position: number | null): ChatSummary {
  const last = chat.rows.at(-1);
  return {
    id: chat.id,
    number: chat.number,
    state: stateNames[chat.state],
    queueId: chat.queueId,
    requester: nameOf(world, chat.requesterId) ?? '',
    shortDescription: chat.shortDescription,
    position,
    openedAt: chat.openedAt,
    acceptedAt: chat.acceptedAt,
    endedAt: chat.endedAt,
    agent: (chat.agentId !== null && world.state.users[chat.agentId]?.userName) || null,
    agentName: nameOf(world, chat.agentId),
    transfer: chat.transfer?.state ?? null,
    followUp: chat.followUp,
    lastText: last?.text ?? null,
    lastAt: last?.at ?? null,
    rows: chat.rows.length,
    ...typingOf(world, chat),
  };
}

function typingOf(world: World, chat: Chat): Pick<ChatSummary, 'typing' | 'tellsTyping'> {
  const conversation = conversationOf(world, chat.id);
  const tells = conversation?.phase === 'live' && world.state.config.agentTyping !== 'off';
  return { ...(conversation?.typing ? { typing: true } : {}), ...(tells ? { tellsTyping: true } : {}) };
}

function nameOf(world: World, id: string | null): string | null {
  return id === null ? null : (world.state.users[id]?.name ?? null);
}

function isAgent(user: User): user is User & { agent: NonNullable<User['agent']> } {
  return user.agent !== null;
}

function agentView({ userName, name, agent }: User & { agent: NonNullable<User['agent']> }) {
  return { userName, name, available: agent.available };
}
