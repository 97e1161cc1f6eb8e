import type { AgentChat } from '#live-chat-app/server/logic/glide';
import { platform } from '#live-chat-app/server/logic/names';
import { leaveChat } from '../model/chats';
import { addRow } from '../model/rows';
import { type Chat, isEnded, type RowFile } from '../model/state';
import { rowFile } from '../model/uploads';
import { chatOf, newId, userOf, type World } from '../model/world';
import { recordsOf } from './records';

/** What goes wrong meanwhile. */
interface Trouble {
  readonly dies: (at: string) => void;
  /** The platform stores each message twice. */
  readonly twice: boolean;
}

/** Agent Chat of the simulated instance. A conversation becomes a chat of the desk once its work item is queued. */
export function agentChatOf(world: World, { dies, twice }: Trouble): AgentChat {
  return {
    begin: (user) => {
      dies('begin');
      return begin(world, user);
    },
    say: (conversation, text, attachments) => {
      dies('say');
      for (let copy = 0; copy < (twice ? 2 : 1); copy += 1) say(world, conversation, text, attachments);
      dies('said');
    },
    end: (conversation) => {
      const chat = chatOf(world, conversation);
      if (!isEnded(chat)) leaveChat(world, chat);
    },
  };
}

/** The platform gives its interaction to the Virtual Agent. */
function begin(world: World, user: string): string {
  const records = recordsOf(world);
  const conversation = newId(world);
  records.insert(platform.conversation, { sys_id: conversation, consumer: user, state: 'chatInProgress' });
  const count = Object.keys(world.state.tables[platform.interaction] ?? {}).length + 1;
  records.insert(platform.interaction, {
    number: `IMS${String(count).padStart(7, '0')}`,
    state: 'new',
    assigned_to: 'virtual.agent',
    channel_metadata_document: conversation,
  });
  return conversation;
}

function say(world: World, conversation: string, text: string, attachments: readonly string[]): void {
  const chat = world.state.chats[conversation];
  if (!chat) {
    sayBeforehand(world, conversation, text);
    return;
  }
  if (isEnded(chat)) throw new Error('graphql.GraphQLException: Chat has ended');
  addRow(world, chat, {
    author: 'requester',
    user: userOf(world, chat.requesterId),
    text,
    files: filesOf(world, chat, attachments),
  });
}

/** Nobody waits for an answer yet: the words are kept until an agent sees them. */
function sayBeforehand(world: World, conversation: string, payload: string): void {
  const fields = { conversation, payload, direction: 'inbound', is_agent: '0', sequence: '0' };
  recordsOf(world).insert(platform.message, fields);
}

function filesOf(world: World, chat: Chat, ids: readonly string[]): RowFile[] {
  const known = ids.flatMap((id) => world.state.uploads[id] ?? []);
  if (known.length < ids.length) throw new Error(`an attachment of ${chat.id} is not there`);
  return known.map(rowFile);
}
