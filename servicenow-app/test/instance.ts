import { createHmac } from 'node:crypto';
import { makeRecords, type Tables } from '../src/memory/tables';
import { uniqueFields } from '../src/memory/unique';
import { messageWritten } from '../src/server/logic/agent-messages';
import type { Answer } from '../src/server/logic/answer';
import type { AgentChat, Fields, Glide, OutgoingRequest } from '../src/server/logic/glide';
import type { Request } from '../src/server/logic/input';
import { answer, routes } from '../src/server/logic/routes';
import { changeWritten, interactionChanged } from '../src/server/logic/rules';

export const queue = 'c54f0abf0a0a0b452db84664f409c79c';

/** An instance in memory: Agent Chat as far as this application touches it, with the rules switched on. */
export function instance() {
  const tables: Tables = {
    awa_queue: {
      [queue]: { sys_id: queue, name: 'IT', average_wait_time: '2 Minutes', schedule: 'hours', active: '1' },
    },
    sys_user: {
      ada: { sys_id: 'ada', name: 'Ada Berg', email: 'ada@example.com', active: '1' },
      jo: { sys_id: 'jo', name: 'Jo Agent', active: '1' },
      kim: { sys_id: 'kim', name: 'Kim Agent', active: '1' },
    },
  };
  const world = {
    tables,
    time: Date.parse('2026-11-18T09:00:00Z'),
    ids: 0,
    rules: true,
    open: true,
    settings: {
      'x_tlc.public_visibility': 'public,all',
      'x_tlc.closed_message': 'Back at eight.',
      'x_tlc.presence_minutes': '30',
    } as Record<string, string>,
    sent: [] as OutgoingRequest[],
    /** Called before each effect on the platform: throwing here is a request that dies. */
    before: (_what: string): void => {},
  };
  const glideFor = (user: string): Glide => ({
    records: {
      ...records,
      insert: (table, fields) => {
        world.before(`insert ${table}`);
        return records.insert(table, fields);
      },
      update: (table, id, fields) => {
        world.before(`update ${table}`);
        records.update(table, id, fields);
      },
    },
    agentChat,
    user: { id: user },
    now: () => world.time,
    isWithin: () => world.open,
    property: (name) => world.settings[name] ?? '',
    mac: (key, text) => createHmac('sha256', Buffer.from(key, 'base64')).update(text).digest('base64'),
    post: (request) => {
      world.sent.push(request);
      return 200;
    },
    attach: ({ table, record, name, type, data }) => {
      world.before('attach');
      const facts = { file_name: name, content_type: type, size_bytes: String(String(data).length) };
      const id = records.insert('sys_attachment', { table_name: table, table_sys_id: record, ...facts }) ?? '';
      world.before('attached');
      return id;
    },
    warn: () => {},
  });
  const records = makeRecords(tables, {
    newId: () => (++world.ids).toString(16).padStart(32, '0'),
    stamp: () => new Date(world.time).toISOString(),
    unique: uniqueFields,
    written: (table, record, before) => {
      const glide = glideFor('system');
      if (!world.rules) return;
      if (table === 'sys_cs_message' && !before) messageWritten(glide, record);
      if (table === 'interaction' && before) interactionChanged(glide, record.sys_id ?? '');
      if (table === 'awa_work_item') interactionChanged(glide, record.document_id ?? '');
      if (table === 'x_tlc_change' && !before) changeWritten(glide, record);
    },
  });
  const all = (table: string) => Object.values(tables[table] ?? {});
  const message = (conversation: string, fields: Fields) => {
    const sequence = String(all('sys_cs_message').length + 1);
    return records.insert('sys_cs_message', {
      conversation,
      sequence,
      q_data_message_type: 'consumerTextMessage',
      ...fields,
    });
  };
  const interactionOf = (conversation: string) =>
    all('interaction').find((each) => each.channel_metadata_document === conversation)?.sys_id ?? '';
  const agentChat: AgentChat = {
    begin: (user) => {
      world.before('begin');
      const conversation = records.insert('sys_cs_conversation', { consumer: user, state: 'chatInProgress' }) ?? '';
      const number = `IMS${String(all('interaction').length + 1).padStart(7, '0')}`;
      const fields = { number, state: 'new', assigned_to: 'virtual.agent', channel_metadata_document: conversation };
      records.insert('interaction', fields);
      return conversation;
    },
    say: (conversation, payload) => {
      world.before('say');
      if (
        records
          .find({ table: 'interaction', where: [['sys_id', '=', interactionOf(conversation)]] })[0]
          ?.state?.startsWith('closed')
      )
        throw new Error('graphql.GraphQLException: Chat has ended');
      message(conversation, { payload, direction: 'inbound', is_agent: '0' });
      world.before('said');
    },
    end: (conversation) => records.update('sys_cs_conversation', conversation, { state: 'completed' }),
  };
  return { world, all, message, records, glideFor, ...callsOf(glideFor), ...agents() };

  /** What people at the desk do. */
  function agents() {
    const itemOf = (conversation: string) =>
      all('awa_work_item').find((each) => each.document_id === interactionOf(conversation) && each.active === '1')
        ?.sys_id ?? '';
    return {
      accepts: (conversation: string, agent: string) => {
        records.update('awa_work_item', itemOf(conversation), { state: 'accepted', assigned_to: agent });
        records.update('interaction', interactionOf(conversation), { state: 'work_in_progress', assigned_to: agent });
      },
      says: (conversation: string, payload: string, more: Fields = {}) =>
        message(conversation, { payload, direction: 'outbound', is_agent: '1', sender: 'jo', ...more }),
      handsBack: (conversation: string) => {
        records.update('awa_work_item', itemOf(conversation), { state: 'queued', assigned_to: '' });
        records.update('interaction', interactionOf(conversation), { assigned_to: '' });
      },
      closes: (conversation: string) =>
        records.update('interaction', interactionOf(conversation), { state: 'closed_complete' }),
    };
  }
}

/** The API as a service account calls it. */
function callsOf(glideFor: (user: string) => Glide) {
  const call = (user: string, name: keyof typeof routes, given: Partial<Request>): Answer =>
    answer(glideFor(user), routes[name], { path: {}, query: {}, body: {}, ...given });
  const as = (user: string) => ({
    open: (externalId: string, more: Record<string, unknown> = {}) =>
      call(user, 'POST /v1/chats', { body: { externalId, queue, firstMessage: `Hello from ${externalId}`, ...more } }),
    find: (externalId: string) => call(user, 'GET /v1/chats', { query: { externalId } }),
    show: (conversationId: string) => call(user, 'GET /v1/chats/{conversationId}', { path: { conversationId } }),
    post: (conversationId: string, externalId: string, text: string) =>
      call(user, 'POST /v1/chats/{conversationId}/messages', { path: { conversationId }, body: { externalId, text } }),
    messages: (conversationId: string, query: Record<string, string> = {}) =>
      call(user, 'GET /v1/chats/{conversationId}/messages', { path: { conversationId }, query }),
    file: (conversationId: string, externalId: string, name: string) =>
      call(user, 'POST /v1/chats/{conversationId}/files', {
        path: { conversationId },
        query: { externalId, name },
        file: { type: 'text/plain', data: 'bytes' },
      }),
    typing: (conversationId: string) =>
      call(user, 'POST /v1/chats/{conversationId}/typing', { path: { conversationId }, body: { on: true } }),
    end: (conversationId: string) => call(user, 'POST /v1/chats/{conversationId}/end', { path: { conversationId } }),
    rate: (conversationId: string, rating: unknown) =>
      call(user, 'POST /v1/chats/{conversationId}/rating', { path: { conversationId }, body: { rating } }),
    queue: (id: string) => call(user, 'GET /v1/queues/{queue}', { path: { queue: id } }),
    changes: (query: Record<string, string> = {}) => call(user, 'GET /v1/changes', { query }),
  });
  return { ...as('service'), as };
}

// What an answer holds is looked into as it comes.
// biome-ignore lint/suspicious/noExplicitAny: tests assert on whatever came
export function resultOf(answer: Answer): any {
  // biome-ignore lint/suspicious/noExplicitAny: the same
  return (answer.body as any)?.result;
}

export function codeOf(answer: Answer): string {
  return (answer.body as { error: { code: string } }).error.code;
}
