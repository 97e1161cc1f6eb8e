import { isRefusal, refusal } from './answer';
import { type Chat, change } from './chat';
import { byId, type Fields, first, type Glide } from './glide';
import { platform, properties } from './names';
import { said } from './said';

/**
 * One step on the way into the queue. `isDone` is asked first, so that an opening that stopped goes on where it stopped; `todo` answers
 * what is to be kept of it.
 */
interface Step {
  readonly name: string;
  isDone(chat: Chat): boolean;
  todo(glide: Glide, chat: Chat): Fields;
}

const steps: readonly Step[] = [
  { name: 'conversation', isDone: (chat) => chat.conversation !== '', todo: beginConversation },
  { name: 'interaction', isDone: (chat) => chat.interaction !== '', todo: prepareInteraction },
  { name: 'session', isDone: (chat) => chat.session !== '', todo: openSession },
  { name: 'binding', isDone: (chat) => chat.binding !== '', todo: bindSession },
  { name: 'first message', isDone: (chat) => chat.greeted, todo: greet },
  { name: 'work item', isDone: (chat) => chat.state !== 'opening', todo: queueUp },
];

/** Takes the steps that are still to be taken. A step that the platform does not take ends the attempt; nobody is told of a success. */
export function finish(glide: Glide, begun: Chat): Chat {
  return steps.reduce((chat, step) => {
    if (step.isDone(chat)) return chat;
    try {
      return change(glide, chat, step.todo(glide, chat));
    } catch (error) {
      change(glide, chat, { attempt_at: '0' });
      glide.warn(`opening a chat stopped at: ${step.name}`);
      if (isRefusal(error)) throw error;
      throw refusal('unfinished', `The platform did not do this part: ${step.name}`);
    }
  }, begun);
}

function beginConversation(glide: Glide, chat: Chat): Fields {
  return { conversation: glide.agentChat.begin(chat.requester) };
}

/** The platform's own interaction is given to the Virtual Agent; while it is, nobody else gets it. */
function prepareInteraction(glide: Glide, chat: Chat): Fields {
  const { records } = glide;
  const found = first(glide, {
    table: platform.interaction,
    where: [['channel_metadata_document', '=', chat.conversation]],
  });
  if (!found?.sys_id) throw new Error('the conversation has no interaction');
  const about: Fields = chat.subject === '' ? {} : { short_description: chat.subject };
  records.update(platform.interaction, found.sys_id, { assigned_to: '', opened_for: chat.requester, ...about });
  return { interaction: found.sys_id, number: found.number ?? '' };
}

function openSession(glide: Glide, chat: Chat): Fields {
  const { records } = glide;
  const where = [['conversation', '=', chat.conversation]] as const;
  const known = first(glide, { table: platform.session, where })?.sys_id;
  const session = known ?? records.insert(platform.session, { conversation: chat.conversation, interaction: 'QnA' });
  return { session: there(session) };
}

function bindSession(glide: Glide, chat: Chat): Fields {
  const { records } = glide;
  const known = first(glide, { table: platform.binding, where: [['session', '=', chat.session]] })?.sys_id;
  const fields = { session: chat.session, channel_type: 'AMB', channel_id: `/cs/messages/${chat.session}` };
  return { binding: there(known ?? records.insert(platform.binding, fields)) };
}

function greet(glide: Glide, chat: Chat): Fields {
  const isThere = chat.attempts > 1 && said(glide, chat).some((each) => each.text === chat.firstMessage);
  if (!isThere) glide.agentChat.say(chat.conversation, chat.firstMessage, []);
  return { greeted: '1' };
}

/** Routing looks at the change of the state: an item that is made as queued stays where it is. */
function queueUp(glide: Glide, chat: Chat): Fields {
  const { records } = glide;
  const known = first(glide, { table: platform.workItem, where: [['document_id', '=', chat.interaction]] });
  const channel = glide.property(properties.serviceChannel);
  const fields = {
    document_table: platform.interaction,
    document_id: chat.interaction,
    queue: chat.queue,
    state: '',
    ...(channel === '' ? {} : { service_channel: channel }),
  };
  const item = there(known?.sys_id ?? records.insert(platform.workItem, fields));
  if ((known?.state ?? '') === '') records.update(platform.workItem, item, { state: 'queued' });
  if (!byId(glide, platform.workItem, item)?.state) throw new Error('the work item is not queued');
  return { work_item: item, state: 'waiting', attempt_at: '0' };
}

function there(id: string | undefined): string {
  if (id === undefined) throw new Error('the platform did not let the record in');
  return id;
}
