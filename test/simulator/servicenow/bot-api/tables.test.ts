import { as, type Json } from '../support';
import { calledBack, closeEverything } from './support';

afterEach(closeEverything);

test('what was said is read again from the records of the conversation', async () => {
  const { sim, taken, withAgent, say } = await calledBack();
  const chat = await withAgent();
  sim.say(chat, { text: 'hello', count: 3 });
  await taken(3);
  await say('hi');
  const read = async (table: string, query: string, more = ''): Promise<Json> =>
    as(sim).get(`/table/${table}?sysparm_query=${encodeURIComponent(query)}${more}`);
  const [interaction] = (await read('interaction', `channel_metadata_document=${chat}`)).json.result;
  expect(interaction).toMatchObject({ state: 'work_in_progress', type: 'chat' });
  const outbound = `conversation=${chat}^direction=outbound`;
  const all = await read('sys_cs_message', `${outbound}^ORDERBYsequence`, '&sysparm_fields=payload,sequence');
  expect(all.json.result.map((each: Json) => each.payload)).toEqual(['hello 1', 'hello 2', 'hello 3']);
  const second = all.json.result[1].sequence;
  const later = await read('sys_cs_message', `${outbound}^sequence>=${second}^ORDERBYDESCsequence`, '&sysparm_limit=1');
  expect(later.json.result.map((each: Json) => each.payload)).toEqual(['hello 3']);
  expect(later.headers['x-total-count']).toBe('2');
  const either = await read('sys_cs_message', `payload=hi^ORpayloadSTARTSWITHVPN^nonsense^sys_created_on>2020-01-01`);
  expect(either.json.result.map((each: Json) => each.payload)).toEqual(['VPN is down', 'hi']);
});

test('users are found by their address', async () => {
  const { sim } = await calledBack();
  const { json } = await as(sim).get(
    '/table/sys_user?sysparm_query=email=ana.roja@contoso.example&sysparm_fields=name',
  );
  expect(json.result).toEqual([{ name: 'Ana Roja' }]);
});

test('who may not read records is told so; a table that is not there is an error', async () => {
  const { sim } = await calledBack({ config: { tableReads: 'off' } });
  expect((await as(sim).get('/table/sys_cs_message')).status).toBe(403);
  expect((await as(sim).get('/table/nothing')).status).toBe(400);
});
