import { as, beth, closeAll, itDesk, type Json, started, texts } from './support';

afterEach(closeAll);

async function chatInProgress(config = {}) {
  const sim = await started({ config });
  sim.setQueue({ id: itDesk, initialAgentResponse: '' });
  const { group } = await as(sim).open('hello');
  sim.accept(group, 'beth.anglin');
  return { sim, group: group as string };
}

test('a row has what the platform tells of it: author, times in whole UTC seconds, text, kind', async () => {
  const { sim, group } = await chatInProgress();
  sim.clock.advance(1_750);
  const [id] = sim.say(group, { text: 'see @L[https://kb.contoso.example/vpn|VPN guide]' });
  const [row] = await as(sim).thread(group);
  expect(row).toMatchObject({
    sys_id: id,
    group,
    created_by: 'beth.anglin',
    sender_name: 'Beth Anglin',
    created_on: '2026-11-18 09:00:01',
    timestamp: Date.parse('2026-11-18T09:00:01Z'),
    reflected_field: 'comments',
    message: 'see @L[https://kb.contoso.example/vpn|VPN guide]',
    formatted_message: 'see @L[https://kb.contoso.example/vpn|VPN guide]',
    mentions: [],
    links: [{ url: 'https://kb.contoso.example/vpn', title: 'VPN guide' }],
    attachments: [],
  });
  expect(id).toMatch(/^[0-9a-f]{32}$/);
});

test('timestamps can carry milliseconds while created_on stays in whole seconds', async () => {
  const { sim, group } = await chatInProgress({ timestampMode: 'ms' });
  sim.clock.advance(1_750);
  sim.say(group, { text: 'x' });
  const [row] = await as(sim).thread(group);
  expect(row).toMatchObject({ timestamp: Date.parse('2026-11-18T09:00:01.750Z'), created_on: '2026-11-18 09:00:01' });
});

test('a page holds the newest thirty rows, newest first', async () => {
  const { sim, group } = await chatInProgress();
  for (let n = 1; n <= 40; n += 1) {
    sim.clock.advance(1_000);
    sim.say(group, { text: `row ${n}` });
  }
  const page = await as(sim).thread(group);
  expect(page).toHaveLength(30);
  expect([page[0]?.message, page[29]?.message]).toEqual(['row 40', 'row 11']);
});

test('older pages are asked for with the oldest known timestamp, until one is empty', async () => {
  const { sim, group } = await chatInProgress({ pageSize: 2 });
  for (const text of ['one', 'two', 'three']) {
    sim.clock.advance(1_000);
    sim.say(group, { text });
  }
  const first = await as(sim).thread(group);
  const second = await as(sim).thread(group, `?before=${first.at(-1)?.timestamp}`);
  expect([texts(first), texts(second)]).toEqual([
    ['three', 'two'],
    ['one', 'hello'],
  ]);
  expect(await as(sim).thread(group, `?before=${second.at(-1)?.timestamp}`)).toEqual([]);
  sim.configure({ beforeInclusive: true });
  expect(texts(await as(sim).thread(group, `?before=${first.at(-1)?.timestamp}`))).toEqual(['two', 'one']);
});

test('the order of a page can be oldest first, or none', async () => {
  const { sim, group } = await chatInProgress({ order: 'asc' });
  sim.say(group, { text: 'x', count: 12 });
  const ascending = texts(await as(sim).thread(group));
  expect([ascending[0], ascending[12]]).toEqual(['hello', 'x 12']);
  sim.configure({ order: 'shuffled' });
  const shuffled = texts(await as(sim).thread(group));
  expect(shuffled).not.toEqual(ascending);
  expect([...shuffled].reverse()).not.toEqual(ascending);
  expect([...shuffled].sort()).toEqual([...ascending].sort());
});

test('ids can be numbers, and a row can have only one of its two texts', async () => {
  const { sim, group } = await chatInProgress({ messageId: 'number', messageText: 'message' });
  const [row] = await as(sim).thread(group);
  expect(typeof row?.id).toBe('number');
  expect(row).not.toHaveProperty('formatted_message');
  sim.configure({ messageId: 'string', messageText: 'formatted_message' });
  const [again] = await as(sim).thread(group);
  expect(typeof again?.id).toBe('string');
  expect(again).not.toHaveProperty('message');
});

test('work notes stand in the thread that the caller reads, marked, unless the switch hides them from non-agents', async () => {
  const { sim, group } = await chatInProgress();
  sim.say(group, { text: 'careful', workNote: true });
  expect((await as(sim).thread(group))[0]).toMatchObject({ message: 'careful', reflected_field: 'work_notes' });
  sim.configure({ workNotesVisible: false });
  expect(texts(await as(sim).thread(group))).toEqual(['hello']);
  expect(texts(await as(sim, beth).thread(group))).toContain('careful');
});

test('a post becomes a row by the caller, with the tag that was sent along', async () => {
  const { sim, group } = await chatInProgress();
  const path = `/connect/conversations/${group}/messages`;
  const posted = await as(sim).post(path, { message: 'still down', context: 'tag-1', group });
  expect(posted.status).toBe(201);
  expect(posted.json.result).toMatchObject({ message: 'still down', created_by: 'svc_teams', context: 'tag-1' });
  expect(sim.pane(group).at(-1)).toMatchObject({ author: 'requester', text: 'still down', workNote: false });
  sim.configure({ postStatus: 200 });
  expect((await as(sim).post(path, { message: 'x' })).status).toBe(200);
  expect((await as(sim).post(path, {})).status).toBe(400);
  expect((await as(sim).post(path, { message: 7 })).status).toBe(400);
});

test('an agent may post through the platform too', async () => {
  const { sim, group } = await chatInProgress();
  const path = `/connect/conversations/${group}/messages`;
  await as(sim, beth).post(path, { message: 'hi', reflected_field: 'work_notes' });
  expect(sim.pane(group).at(-1)).toMatchObject({ author: 'agent', name: 'Beth Anglin', workNote: true });
});

test('a post may only name files of the same chat', async () => {
  const { sim, group } = await chatInProgress();
  sim.say(group, { text: 'File: a.png', files: [{ name: 'a.png', contentType: 'image/png', sizeBytes: 10 }] });
  const [row] = await as(sim).thread(group);
  expect(row?.attachments).toMatchObject([
    { file_name: 'a.png', content_type: 'image/png', size_bytes: 10, image: true },
  ]);
  const path = `/connect/conversations/${group}/messages`;
  expect((await as(sim).post(path, { message: 'x', attachments: [row?.attachments[0].sys_id] })).status).toBe(201);
  expect((await as(sim).post(path, { message: 'x', attachments: ['f'.repeat(32)] })).status).toBe(400);
});

test('what a write to an ended chat gets is a switch', async () => {
  const { sim, group } = await chatInProgress();
  sim.closeChat(group);
  const refused = await as(sim).post1(group, 'too late');
  expect(refused.status).toBe(403);
  expect(typeof refused.json.result).toBe('string');
  sim.configure({ closedWriteMode: '404' });
  expect((await as(sim).post1(group, 'too late')).status).toBe(404);
  expect(texts(sim.pane(group))).not.toContain('too late');
  sim.configure({ closedWriteMode: 'silent' });
  expect((await as(sim).post1(group, 'too late')).status).toBe(201);
  expect(texts(sim.pane(group))).toContain('too late');
});

test('a chat of somebody else is refused, an unknown one is 404 or 403', async () => {
  const { sim, group } = await chatInProgress();
  sim.setUser({ userName: 'other' });
  const other = as(sim, { user: 'other', password: 'other-password' });
  expect((await other.get(`/connect/conversations/${group}/messages`)).status).toBe(403);
  expect((await other.post1(group, 'x')).status).toBe(403);
  const unknown = `/connect/conversations/${'0'.repeat(32)}/messages`;
  expect((await as(sim).get(unknown)).status).toBe(404);
  sim.configure({ unknownChatMode: '403' });
  expect((await as(sim).get(unknown)).status).toBe(403);
});

test('a conversation is read by itself and in the list of open ones', async () => {
  const { sim, group } = await chatInProgress();
  const ended = await as(sim).open();
  await as(sim).leave(ended.group);
  const one = (await as(sim).get(`/connect/conversations/${group}`)).json.result;
  expect(one).toMatchObject({ sys_id: group, type: 'support', queueEntry: { state: 2 }, unread_messages: 0 });
  expect(one.members.map((member: Json) => member.name)).toEqual(['Teams Connector', 'Beth Anglin']);
  const all = (await as(sim).get('/connect/conversations')).json.result;
  expect(all.map((each: Json) => each.sys_id)).toEqual([group]);
});

test('what the client stores in a conversation comes back, and rows after it are unread', async () => {
  const { sim, group } = await chatInProgress();
  sim.clock.advance(1_000);
  const stored = await as(sim).put(`/connect/conversations/${group}`, { last_viewed: sim.clock.now(), visible: false });
  expect(stored.json.result).toMatchObject({ last_viewed: sim.clock.now(), visible: false });
  sim.clock.advance(2_000);
  sim.say(group, { text: 'new' });
  expect((await as(sim).get(`/connect/conversations/${group}`)).json.result.unread_messages).toBe(1);
});

test('members are added and removed', async () => {
  const { sim, group } = await chatInProgress();
  const other = sim.setUser({ userName: 'other' });
  const reader = as(sim, { user: 'other', password: 'other-password' });
  const added = (await as(sim, beth).post(`/connect/conversations/${group}/members`, { member_id: other })).json.result;
  expect(added.members).toHaveLength(3);
  expect((await reader.get(`/connect/conversations/${group}/messages`)).status).toBe(200);
  const profile = added.members[2].sys_id;
  await as(sim, beth).delete(`/connect/conversations/${group}/members/${profile}`);
  expect((await reader.get(`/connect/conversations/${group}/messages`)).status).toBe(403);
});

test('links and files of a chat are listed up to a limit', async () => {
  const { sim, group } = await chatInProgress();
  const files = [{ name: 'a.txt', contentType: 'text/plain', sizeBytes: 3 }];
  sim.say(group, { text: '@L[https://a.example|A] @L[https://b.example|B]', files });
  const all = (await as(sim).get(`/connect/conversations/${group}/resources`)).json.result;
  expect(all.links.map((link: Json) => link.title)).toEqual(['A', 'B']);
  expect(all.attachments).toMatchObject([{ file_name: 'a.txt', image: false }]);
  const one = (await as(sim).get(`/connect/conversations/${group}/resources?sysparm_limit=1`)).json.result;
  expect(one.links).toHaveLength(1);
});

test('a profile is found by its own id and by that of its user', async () => {
  const { sim, group } = await chatInProgress();
  const { opened_by } = await as(sim).entry(group);
  const mine = (await as(sim).get(`/live/profiles/sys_user.${opened_by}`)).json.result;
  expect(mine).toMatchObject({ name: 'Teams Connector', document: opened_by, table: 'sys_user' });
  expect((await as(sim).get(`/live/profiles/${mine.sys_id}`)).json.result).toEqual(mine);
  expect((await as(sim).thread(group))[0]?.profile).toBe(mine.sys_id);
  expect((await as(sim).get('/live/profiles/nobody')).status).toBe(404);
});
