import { addRow } from '../model/rows';
import type { Chat, RowFile, User } from '../model/state';
import { rowFile, uploadsOf } from '../model/uploads';
import { findUser } from '../model/world';
import { chatFor, chatToWrite, viewFor } from './access';
import { failure, Refused, result } from './answer';
import { type Call, type Handler, param, text } from './call';
import { conversationJson, isOpenFor, messageJson, profileJson, resourcesJson, threadJson } from './json';
import { listed } from './listed';

const storedSettings = ['last_viewed', 'visible', 'frame_state', 'name', 'short_description', 'access'];

/** Threads: reading, writing, and what surrounds them. */
export const conversationRoutes: Readonly<Record<string, Handler>> = {
  'GET /connect/conversations': (call) => {
    const open = Object.values(call.world.state.chats).filter((chat) => isOpenFor(call.world, chat, call.caller));
    return result(
      listed(
        call,
        open.map((chat) => conversation(call, chat)),
      ),
    );
  },

  'GET /connect/conversations/:group': (call) => result(conversation(call, chatFor(call))),

  'PUT /connect/conversations/:group': (call) => {
    const chat = chatFor(call);
    for (const name of storedSettings) if (call.body[name] !== undefined) chat.settings[name] = call.body[name];
    call.world.changed(chat.id);
    return result(conversation(call, chat));
  },

  'GET /connect/conversations/:group/messages': (call) => {
    const before = call.incoming.query.get('before');
    if (before !== null && Number.isNaN(Number(before))) throw new Refused(failure(400, 'Invalid before', before));
    const chat = chatFor(call);
    return result(
      shortened(call, threadJson(call.world, chat, viewFor(call), before === null ? null : Number(before))),
    );
  },

  'POST /connect/conversations/:group/messages': (call) => {
    const chat = chatToWrite(call);
    const files = filesFor(call, chat);
    const message = text(call, 'message') ?? '';
    if (!message && files.length === 0) throw new Refused(failure(400, 'Invalid request body', 'message is required'));
    const row = {
      author: chat.requesterId === call.caller.sysId ? ('requester' as const) : ('agent' as const),
      user: call.caller,
      text: message,
      workNote: text(call, 'reflected_field') === 'work_notes',
      files,
      context: text(call, 'context'),
    };
    const rows = call.fault.doubleEffect ? [row, row] : [row];
    const [first] = rows.map((each) => addRow(call.world, chat, each));
    if (!first) throw new Error('no row was written');
    call.effects.push(...chat.rows.slice(-rows.length).map((each) => each.id));
    return result(messageJson(call.world, chat, first), call.world.state.config.postStatus);
  },

  'GET /connect/conversations/:group/resources': (call) => {
    const limit = Number(call.incoming.query.get('sysparm_limit') ?? 25);
    return result(resourcesJson(call.world, chatFor(call), viewFor(call), limit));
  },

  'POST /connect/conversations/:group/members': (call) => {
    const chat = chatFor(call);
    const member = userNamed(call, text(call, 'member_id') ?? '');
    chat.members = [...new Set([...chat.members, member.sysId])];
    call.world.changed(chat.id);
    return result(conversation(call, chat));
  },

  'DELETE /connect/conversations/:group/members/:profile': (call) => {
    const chat = chatFor(call);
    const member = userNamed(call, param(call, 'profile'));
    chat.members = chat.members.filter((id) => id !== member.sysId);
    call.world.changed(chat.id);
    return result(conversation(call, chat));
  },

  'GET /live/profiles/:profile': (call) => result(profileJson(userNamed(call, param(call, 'profile')))),
};

function conversation(call: Call, chat: Chat) {
  return conversationJson(call.world, chat, viewFor(call), call.caller);
}

/** A page without its oldest rows, as if they were not allowed to be read, whatever the order; or in no order at all. */
function shortened(call: Call, rows: ReturnType<typeof threadJson>) {
  const { shortPage } = call.fault;
  if (!shortPage) return listed(call, rows);
  const oldest = [...rows].sort((a, b) => a.timestamp - b.timestamp).slice(0, shortPage.drop);
  return rows.filter((row) => !oldest.includes(row));
}

function filesFor(call: Call, chat: Chat): RowFile[] {
  const ids = call.body.attachments;
  if (!Array.isArray(ids)) return [];
  const known = [...uploadsOf(call.world, chat).map(rowFile), ...chat.rows.flatMap((row) => row.files)];
  return ids.map((id) => {
    const file = known.find((each) => each.id === id);
    if (!file)
      throw new Refused(failure(400, 'Invalid request body', 'attachments holds an id that is not in this chat'));
    return file;
  });
}

function userNamed(call: Call, id: string): User {
  const { users } = call.world.state;
  const bare = id.startsWith('sys_user.') ? id.slice('sys_user.'.length) : id;
  const user = findUser(call.world.state, bare) ?? Object.values(users).find((each) => each.profile === bare);
  if (!user) throw new Refused(failure(404, 'No Record found'));
  return user;
}
