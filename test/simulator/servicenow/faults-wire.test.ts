import http from 'node:http';
import type { FaultRule } from '../../../src/simulator/servicenow/faults/rule';
import type { ServiceNowSimulator } from '../../../src/simulator/servicenow/simulator';
import { as, basic, closeAll, service, started, texts } from './support';

afterEach(closeAll);

type Do = FaultRule['do'];

async function chatWith(action: Do) {
  const sim = await started();
  const { group } = await as(sim).open('hello');
  sim.addFault({ id: 'trouble', match: { path: '/messages$' }, do: action });
  return { sim, group: group as string };
}

test.each([
  ['auth401', 401, 'User Not Authenticated'],
  ['acl403', 403, 'Operation Failed'],
  ['missing404', 404, 'No Record found'],
  ['bad405', 405, 'Method not supported'],
  ['err500', 500, 'Internal server error'],
] as const)('status %s answers %i in the words of the platform, without effect', async (preset, code, message) => {
  const { sim, group } = await chatWith({ status: { preset } });
  const refused = await as(sim).post1(group, 'x');
  expect(refused.status).toBe(code);
  expect(refused.json).toMatchObject({ error: { message }, status: 'failure' });
  expect(texts(sim.pane(group))).toEqual(['hello']);
  expect(sim.journal().at(-1)).toMatchObject({ fault: 'trouble', status: code, effects: [] });
});

test.each([
  ['gw502', 502],
  ['down503', 503],
  ['timeout504', 504],
] as const)('status %s answers with the page of a gateway', async (preset, code) => {
  const { sim, group } = await chatWith({ status: { preset } });
  const refused = await as(sim).post1(group, 'x');
  expect([refused.status, refused.headers['content-type']]).toEqual([code, 'text/html;charset=UTF-8']);
  expect(sim.pane(group)).toHaveLength(1);
});

test('status connect403 answers a text for the user', async () => {
  const { sim, group } = await chatWith({ status: { preset: 'connect403' } });
  const refused = await as(sim).post1(group, 'x');
  expect([refused.status, typeof refused.json.result]).toEqual([403, 'string']);
});

test('status rate429 says how long to wait', async () => {
  const { sim, group } = await chatWith({ status: { preset: 'rate429', retryAfter: 7 } });
  const refused = await as(sim).post1(group, 'x');
  expect(refused.status).toBe(429);
  expect(refused.headers).toMatchObject({
    'retry-after': '7',
    'x-ratelimit-limit': '100',
    'x-ratelimit-reset': String(sim.clock.now() / 1000 + 7),
    'x-ratelimit-rule': 'fault',
  });
});

test('a status can have a code, a body and headers of its own', async () => {
  const { sim, group } = await chatWith({ status: { code: 409, body: { odd: true }, headers: { 'x-odd': '1' } } });
  const refused = await as(sim).post1(group, 'x');
  expect([refused.status, refused.json, refused.headers['x-odd']]).toEqual([409, { odd: true }, '1']);
  sim.addFault({ id: 'trouble', match: { path: '/messages$' }, do: { status: { code: 403, body: 'Not today.' } } });
  expect((await as(sim).post1(group, 'x')).json).toEqual({ result: 'Not today.' });
});

test.each([
  ['hibernating', 'instance-hibernating-page'],
  ['login', 'login-page'],
  ['maintenance', 'maintenance-page'],
] as const)('html answers a %s page with the code 200 or another', async (kind, className) => {
  const { sim, group } = await chatWith({ html: { kind } });
  const page = await as(sim).post1(group, 'x');
  expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html;charset=UTF-8']);
  expect(page.text).toContain(className);
  sim.addFault({ id: 'trouble', do: { html: { kind, code: 503 } } });
  expect((await as(sim).post1(group, 'x')).status).toBe(503);
  expect(sim.pane(group)).toHaveLength(1);
});

test('redirect sends the caller away', async () => {
  const { sim, group } = await chatWith({ redirect: { location: '/login.do' } });
  const away = await as(sim).post1(group, 'x');
  expect([away.status, away.headers.location]).toEqual([302, '/login.do']);
  expect(sim.pane(group)).toHaveLength(1);
});

test('malformed, truncated and emptyBody spoil the answer of what was done', async () => {
  const { sim, group } = await chatWith({ malformed: true });
  const broken = await as(sim).post1(group, 'one');
  expect(broken.status).toBe(201);
  expect(() => JSON.parse(broken.text)).toThrow();
  sim.addFault({ id: 'trouble', do: { truncated: { bytes: 12 } } });
  expect((await as(sim).post1(group, 'two')).text).toHaveLength(12);
  sim.addFault({ id: 'trouble', do: { emptyBody: true } });
  expect((await as(sim).post1(group, 'three')).text).toBe('');
  expect(texts(sim.pane(group))).toEqual(['hello', 'one', 'two', 'three']);
});

test('wrongContentType calls the JSON something else', async () => {
  const { sim, group } = await chatWith({ wrongContentType: true });
  const answer = await as(sim).post1(group, 'x');
  expect(answer.headers['content-type']).toBe('text/plain;charset=UTF-8');
  expect(JSON.parse(answer.text).result.message).toBe('x');
});

test('commitThen does it and answers an error', async () => {
  const { sim, group } = await chatWith({ commitThen: { code: 500 } });
  expect((await as(sim).post1(group, 'x')).status).toBe(500);
  expect(texts(sim.pane(group))).toEqual(['hello', 'x']);
  expect(sim.journal().at(-1)?.effects).toEqual([sim.pane(group)[1]?.id]);
});

test('resetBefore breaks the connection without effect', async () => {
  const { sim, group } = await chatWith({ resetBefore: true });
  await expect(as(sim).post1(group, 'x')).rejects.toThrow();
  expect(sim.pane(group)).toHaveLength(1);
  expect(sim.journal().at(-1)).toMatchObject({ outcome: 'reset', status: null, effects: [] });
});

test('resetAfter breaks the connection after the effect', async () => {
  const { sim, group } = await chatWith({ resetAfter: true });
  await expect(as(sim).post1(group, 'x')).rejects.toThrow();
  expect(texts(sim.pane(group))).toEqual(['hello', 'x']);
  expect(sim.journal().at(-1)).toMatchObject({ outcome: 'reset', effects: [sim.pane(group)[1]?.id] });
});

test('delay lets the effect be there at once and the answer come late', async () => {
  const { sim, group } = await chatWith({ delay: { ms: 150 } });
  const before = performance.now();
  let answered = false;
  const answer = as(sim)
    .post1(group, 'x')
    .finally(() => {
      answered = true;
    });
  await until(() => sim.pane(group).length === 2);
  expect(answered).toBe(false);
  expect((await answer).status).toBe(201);
  expect(performance.now() - before).toBeGreaterThan(140);
});

test('a late effect comes though its caller has gone', async () => {
  const { sim, group } = await chatWith({ delay: { ms: 60, effect: 'late' } });
  await abandonedPost(sim, group);
  expect(sim.pane(group)).toHaveLength(1);
  await until(() => sim.pane(group).length === 2);
});

test('hang never answers; the effect is there only when the rule says so', async () => {
  const { sim, group } = await chatWith({ hang: true });
  await abandonedPost(sim, group);
  expect(sim.pane(group)).toHaveLength(1);
  expect(sim.journal().at(-1)).toMatchObject({ outcome: 'unanswered', status: null });
  sim.addFault({ id: 'trouble', match: { path: '/messages$' }, do: { hang: { effect: true } } });
  await abandonedPost(sim, group);
  expect(sim.pane(group)).toHaveLength(2);
});

test('slowDrip sends the body little by little', async () => {
  const { sim, group } = await chatWith({ slowDrip: { bytesPerSec: 2_000 } });
  const before = performance.now();
  const answer = await as(sim).post1(group, 'x');
  expect(answer.json.result.message).toBe('x');
  expect(performance.now() - before).toBeGreaterThan((answer.text.length / 2_000) * 900);
});

test('the control plane goes on working whatever the platform does', async () => {
  const { sim, group } = await chatWith({ resetBefore: true });
  sim.addFault({ do: { resetBefore: true } });
  sim.accept(group);
  expect((await fetch(`${sim.url}/__sim/desk`)).status).toBe(200);
});

test('closing the simulator ends calls that hang or are late', async () => {
  const { sim, group } = await chatWith({ hang: true });
  sim.addFault({ match: { path: '/leave$' }, do: { delay: { ms: 3_600_000 } } });
  const settled = Promise.allSettled([as(sim).post1(group, 'x'), as(sim).leave(group)]);
  await until(() => sim.state().faults.every((fault) => fault.fired === 1));
  await sim.close();
  expect((await settled).map((each) => each.status)).toEqual(['rejected', 'rejected']);
});

/** A post whose sender gives up as soon as the simulator has it. */
async function abandonedPost(sim: ServiceNowSimulator, group: string): Promise<void> {
  const headers = { authorization: basic(service), accept: 'application/json', 'content-type': 'application/json' };
  const url = `${sim.url}/api/now/connect/conversations/${group}/messages`;
  const outgoing = http.request(url, { method: 'POST', headers, agent: false });
  const gone = new Promise<void>((resolve) => outgoing.on('error', () => resolve()));
  outgoing.end('{"message":"x"}');
  await until(() => sim.state().faults.some((fault) => fault.fired === 1));
  outgoing.destroy(new Error('gave up'));
  await gone;
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (!holds() && Date.now() < deadline) await new Promise((resolve) => setImmediate(resolve));
  expect(holds()).toBe(true);
}
