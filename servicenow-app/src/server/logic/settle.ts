import { append } from './changes';
import { type Chat, type ChatState, change, reload } from './chat';
import { byId, type Fields, first, type Glide } from './glide';
import { platform } from './names';

type Ender = 'requester' | 'agent' | 'platform';

/** Looks at the platform's records of a chat, and writes down what has become of it. */
export function settle(glide: Glide, chat: Chat): Chat {
  if (chat.state === 'opening' || chat.state === 'ended') return chat;
  const interaction = byId(glide, platform.interaction, chat.interaction) ?? {};
  const ended = enderOf(interaction);
  if (ended) return noteEnded(glide, chat, ended);
  const item = currentItem(glide, chat);
  const agent = agentOf(interaction, item);
  if (agent !== '' && agent !== chat.agent) return noteAgent(glide, chat, agent, item);
  if (agent === '' && chat.state === 'in_progress')
    return turn(glide, chat, 'waiting', { agent: '', ...itemFields(item) });
  return item.sys_id && item.sys_id !== chat.workItem ? change(glide, chat, itemFields(item)) : chat;
}

/** Writes down that a chat is over, once. */
export function noteEnded(glide: Glide, chat: Chat, by: Ender): Chat {
  return turn(glide, chat, 'ended', { ended_by: by });
}

function noteAgent(glide: Glide, chat: Chat, agent: string, item: Fields): Chat {
  return turn(glide, chat, 'in_progress', { agent, ...itemFields(item) }, nameOf(glide, agent));
}

/**
 * The chat's state changes, and the log tells of it. The log is written first: where the request dies between the two, the next look
 * finds the change there already and writes the state only.
 */
function turn(glide: Glide, chat: Chat, state: ChatState, fields: Fields, agentName = ''): Chat {
  if (reload(glide, chat).state === 'ended') return chat;
  const key = `turn:${chat.id}:${chat.turns + 1}:${state}:${fields.agent ?? ''}`;
  append(glide, chat, { key, type: typeOf(chat, state), author: 'system', agentName });
  return change(glide, chat, { ...fields, state, turns: String(chat.turns + 1) });
}

function typeOf(before: Chat, state: ChatState): 'joined' | 'transferred' | 'closed' {
  if (state === 'ended') return 'closed';
  return state === 'waiting' || before.turns > 0 ? 'transferred' : 'joined';
}

function enderOf({ state = '' }: Fields): Ender | undefined {
  if (state === 'closed_complete') return 'agent';
  return state.startsWith('closed') ? 'platform' : undefined;
}

/** A transfer to another queue can make another item. */
function currentItem(glide: Glide, chat: Chat): Fields {
  const where = [
    ['document_id', '=', chat.interaction],
    ['active', '=', '1'],
  ] as const;
  return first(glide, { table: platform.workItem, where, order: '-sys_created_on' }) ?? {};
}

function itemFields({ sys_id, queue }: Fields): Fields {
  return sys_id ? { work_item: sys_id, ...(queue ? { queue } : {}) } : {};
}

/** Who answers. Somebody to whom it is only offered does not answer yet. */
function agentOf(interaction: Fields, item: Fields): string {
  if (item.state === 'accepted') return item.assigned_to || interaction.assigned_to || '';
  return interaction.state === 'work_in_progress' && !item.sys_id ? (interaction.assigned_to ?? '') : '';
}

export function nameOf(glide: Glide, user: string): string {
  return byId(glide, platform.user, user)?.name ?? '';
}
