import { as, basic, closeAll, itDesk, request, service, started } from './support';

afterEach(closeAll);

const queues = '/api/now/connect/support/queues';
const authorization = basic(service);
const accept = 'application/json';

test('without credentials, or with wrong ones, a call is answered 401 with a cookie and a challenge', async () => {
  const sim = await started();
  const wrong = basic({ ...service, password: 'wrong' });
  for (const authorization of ['', wrong, 'Bearer nonsense']) {
    const headers = { accept, authorization };
    const refused = await request(sim, { path: queues, headers });
    expect(refused.status).toBe(401);
    expect(refused.json).toEqual({
      error: { message: 'User Not Authenticated', detail: 'Required to provide Auth information' },
      status: 'failure',
    });
    expect(refused.headers['www-authenticate']).toBe('Basic realm="Service-now"');
    expect(refused.headers['set-cookie']?.[0]).toMatch(/^JSESSIONID=/);
  }
});

test('a write that carries the session cookie without a user token is redirected', async () => {
  const sim = await started();
  const { group } = await as(sim).open();
  const path = `/api/now/connect/conversations/${group}/messages`;
  const headers = { authorization, accept, 'content-type': accept, cookie: 'a=b; JSESSIONID=abc' };
  const trapped = await request(sim, { method: 'POST', path, headers, body: '{"message":"x"}' });
  expect([trapped.status, trapped.headers.location]).toEqual([302, '/security_interceptor.do']);
  expect(sim.pane(group)).toHaveLength(1);
  expect((await request(sim, { path, headers })).status).toBe(200);
  const meant = { ...headers, 'x-usertoken': 'abc' };
  expect((await request(sim, { method: 'POST', path, headers: meant, body: '{"message":"x"}' })).status).toBe(201);
});

test.each([
  ['no Accept', 'GET', { authorization }, undefined],
  ['an Accept of something else', 'GET', { authorization, accept: 'text/html' }, undefined],
  ['no Content-Type', 'POST', { authorization, accept }, '{"message":"x"}'],
  ['a form', 'POST', { authorization, accept, 'content-type': 'application/x-www-form-urlencoded' }, 'message=x'],
  ['a body that is not JSON', 'POST', { authorization, accept, 'content-type': accept }, '{"message"'],
  ['a body that is no object', 'POST', { authorization, accept, 'content-type': accept }, '["x"]'],
  [
    'a body over ten megabytes',
    'POST',
    { authorization, accept, 'content-type': accept },
    `{"message":"${'x'.repeat(10_500_000)}"}`,
  ],
])('a call with %s is answered 400', async (_, method, headers, body) => {
  const sim = await started();
  const refused = await request(sim, { method, path: `${queues}/${itDesk}/sessions`, headers, body });
  expect(refused.status).toBe(400);
  expect(refused.json).toMatchObject({ status: 'failure', error: { message: expect.any(String) } });
  expect(sim.chats()).toEqual([]);
});

test('an unknown path is answered 400, a known one with the wrong method 405', async () => {
  const sim = await started();
  const unknown = await as(sim).get('/connect/nothing');
  expect(unknown.status).toBe(400);
  expect(unknown.json.error.message).toBe('Requested URI does not represent any resource: /api/now/connect/nothing');
  expect((await as(sim).delete('/connect/support/queues')).status).toBe(405);
});

test('a rate rule answers 429 with its headers once the calls of the hour are used up, and forgets at the full hour', async () => {
  const sim = await started();
  sim.clock.advance(3_540_000);
  sim.configure({ rateRules: [{ id: 'reads', pathPattern: '/messages$', perHour: 2 }] });
  const { group } = await as(sim).open();
  const read = () => as(sim).get(`/connect/conversations/${group}/messages`);
  expect([(await read()).status, (await read()).status]).toEqual([200, 200]);
  const refused = await read();
  expect(refused.status).toBe(429);
  expect(refused.json.error).toEqual({
    message: 'Rate limit exceeded',
    detail: 'Rate limit of 2 requests per hour for svc_teams exceeded',
  });
  expect(refused.headers).toMatchObject({
    'retry-after': '60',
    'x-ratelimit-limit': '2',
    'x-ratelimit-reset': String(Date.parse('2026-11-18T10:00:00Z') / 1000),
    'x-ratelimit-rule': 'reads',
  });
  expect((await as(sim).get('/connect/support/queues')).status).toBe(200);
  sim.clock.advance(60_000);
  expect((await read()).status).toBe(200);
});

test('a rate rule for one user leaves the others alone', async () => {
  const sim = await started();
  sim.setUser({ userName: 'other' });
  sim.configure({ rateRules: [{ id: 'all', pathPattern: '.', user: 'other', perHour: 0 }] });
  expect((await as(sim).get('/connect/support/queues')).status).toBe(200);
  const other = as(sim, { user: 'other', password: 'other-password' });
  expect((await other.get('/connect/support/queues')).status).toBe(429);
});

test('the journal tells every request: who, what, which answer, what came of it', async () => {
  const sim = await started();
  const { group } = await as(sim).open();
  await as(sim).get(`/connect/conversations/${group}/messages?before=5`);
  await request(sim, { path: queues });
  const [opened, read, refused] = sim.journal();
  expect(opened).toMatchObject({
    n: 1,
    method: 'POST',
    user: 'svc_teams',
    status: 201,
    outcome: 'answered',
    fault: null,
  });
  expect(opened?.effects).toEqual([group, sim.pane(group)[0]?.id]);
  expect(read).toMatchObject({ n: 2, chat: group, query: 'before=5', status: 200, effects: [] });
  expect(refused).toMatchObject({ n: 3, user: null, status: 401 });
  expect(sim.journal(2)).toEqual([refused]);
});

test('system properties are read by name, where the rights of the caller reach so far', async () => {
  const sim = await started({ config: { properties: { 'connect.a': '1', 'connect.b': '2' } } });
  const path = '/api/now/table/sys_properties?sysparm_query=nameINconnect.a,connect.c';
  const read = await request(sim, { path, headers: { accept, authorization } });
  expect(read.json).toEqual({ result: [{ name: 'connect.a', value: '1' }] });
  sim.configure({ properties: null });
  expect((await request(sim, { path, headers: { accept, authorization } })).status).toBe(403);
});
