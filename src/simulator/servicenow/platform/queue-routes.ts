import { acceptChat } from '../model/agents';
import { openChat } from '../model/chats';
import { positionsIn, queueOf, waitingIn } from '../model/queues';
import { type Chat, entryState, isEnded } from '../model/state';
import { told, viewFor } from './access';
import { failure, json, Refused, result } from './answer';
import { type Call, type Handler, param, text } from './call';
import { conversationJson, entryJson, membersOf, profileJson, queueJson } from './json';
import { listed } from './listed';

/** Queues, and the chats that a caller opens and has in them. */
export const queueRoutes: Readonly<Record<string, Handler>> = {
  'GET /connect/support/queues': ({ world, caller }) =>
    result(Object.values(world.state.queues).map((queue) => queueJson(world, queue, caller))),

  'GET /connect/support/queues/:queue': (call) =>
    result(queueJson(call.world, queueOf(call.world, param(call, 'queue')), call.caller)),

  'GET /connect/support/queues/:queue/agents': (call) => {
    queueOf(call.world, param(call, 'queue'));
    const agents = Object.values(call.world.state.users).filter((user) => user.agent);
    return result(
      agents.map((user) => ({ ...profileJson(user), supportConversationCount: chatsOf(call, user.sysId).length })),
    );
  },

  'POST /connect/support/queues/:queue/sessions': (call) => {
    const message = text(call, 'message');
    if (!message) throw new Refused(failure(400, 'Invalid request body', 'message is required'));
    const opening = { requester: call.caller, queueId: param(call, 'queue'), message };
    const chat = openChat(call.world, { ...opening, twice: call.fault.doubleEffect !== undefined });
    call.effects.push(chat.id, ...chat.rows.map((row) => row.id));
    return result(entryJson(call.world, chat), call.world.state.config.createStatus);
  },

  'GET /connect/support/queues/:queue/sessions': (call) => {
    const { listCall, listEnded } = call.world.state.config;
    if (listCall === 'off') throw new Refused(failure(404, 'No Record found'));
    const queue = queueOf(call.world, param(call, 'queue'));
    const positions = positionsIn(call.world, queue.id);
    const mine = Object.values(call.world.state.chats)
      .filter((chat) => chat.queueId === queue.id && chat.requesterId === call.caller.sysId)
      .filter((chat) => listEnded || !isEnded(chat))
      .map((chat) => conversationJson(call.world, chat, viewFor(call), call.caller, positions));
    const shown = listCall === 'on' ? mine : mine.map(({ last_message: _, ...rest }) => rest);
    return result(listed(call, shown));
  },

  'POST /connect/support/queues/:queue/accept': (call) => {
    if (call.caller.agent === null) throw new Refused(told(403, 'You are not an agent of this queue.'));
    const [next] = waitingIn(call.world, queueOf(call.world, param(call, 'queue')).id);
    if (!next) throw new Refused(json(404, { result: { error: 'No one is waiting in this queue.' } }));
    acceptChat(call.world, next, call.caller);
    call.effects.push(next.id);
    return result(entryJson(call.world, next));
  },

  'GET /connect/support/sessions': (call) => {
    const { stateCall, sessionsWithoutClosed } = call.world.state.config;
    if (stateCall === 'off') throw new Refused(failure(404, 'No Record found'));
    const { query } = call.incoming;
    const closed = query.get('closed') ?? (sessionsWithoutClosed === 'open' ? 'false' : null);
    const chats = candidates(call, query.get('group_id'))
      .filter((chat) => closed === null || String(isEnded(chat)) === closed)
      .filter((chat) => !query.get('queue_id') || chat.queueId === query.get('queue_id'))
      .filter((chat) => membersOf(call.world, chat).some((user) => user.sysId === call.caller.sysId));
    // Counted once for all entries of a queue.
    const queues = new Set(chats.map((chat) => chat.queueId));
    const positions = new Map([...queues].flatMap((queue) => [...positionsIn(call.world, queue)]));
    const entries = chats.map((chat) => entryJson(call.world, chat, positions));
    return result(listed(call, entries));
  },
};

function candidates(call: Call, group: string | null): Chat[] {
  const { chats } = call.world.state;
  if (!group) return Object.values(chats);
  const chat = chats[group];
  return chat ? [chat] : [];
}

function chatsOf(call: Call, agentId: string): Chat[] {
  return Object.values(call.world.state.chats).filter(
    (chat) => chat.state === entryState.inProgress && chat.agentId === agentId,
  );
}
