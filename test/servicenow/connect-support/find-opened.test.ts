import type { ChatId } from '../../../src/conversation/types';
import type { FaultRule } from '../../../src/simulator/servicenow/faults/rule';
import type { ServiceNowSimulator } from '../../../src/simulator/servicenow/simulator';
import {
  asked,
  closeAll,
  context,
  deskAt,
  failureOf,
  handoff,
  itDesk,
  morning,
  opened,
  requests,
  said,
  started,
  startInstance,
  token,
} from '../servicenow-side';

afterEach(closeAll);

const other = 'TC-FFFFFFFFFFFF';

/** Opens a chat whose answer is lost. */
async function openedInDoubt(how: FaultRule['do'], given: Parameters<typeof started>[1] = {}) {
  const setting = await started({}, given);
  setting.sim.addFault({ id: 'lost', match: { method: 'POST', path: '/sessions$' }, do: how });
  expect(await failureOf(setting.desk.open(asked(), context))).toMatchObject({ certain: false });
  setting.sim.removeFault('lost');
  return setting;
}

function onlyChat(sim: ServiceNowSimulator): string {
  const ids = Object.keys(sim.state().chats);
  expect(ids).toHaveLength(1);
  return ids[0] ?? '';
}

test.each([
  ['the connection broke after it was done', { resetAfter: true }],
  ['the answer was an error', { commitThen: { code: 500 } }],
  ['the answer was cut off', { truncated: { bytes: 10 } }],
  ['the answer was empty', { emptyBody: true }],
  ['the answer was broken', { malformed: true }],
] as const)('a chat is found again when %s', async (_, how) => {
  const { sim, desk } = await openedInDoubt(how);
  const found = await desk.findOpened(asked(), context);
  const id = onlyChat(sim);
  expect(found).toMatchObject({ chat: { id, handoff: 'turn-1' }, state: { state: 'waiting', position: 1 } });
  expect(await desk.findOpened(asked({ token: other }), context)).toBeUndefined();
});

test('what was never opened is not found', async () => {
  const { sim, desk } = await openedInDoubt({ resetBefore: true });
  await opened(desk, { token: other });
  expect(await desk.findOpened(asked(), context)).toBeUndefined();
  expect(Object.keys(sim.state().chats)).toHaveLength(1);
});

test.each([
  ['the list of chats', { listCall: 'off' }],
  ['the list of queue entries', { stateCall: 'off' }],
  ['last messages in the list', { listCall: 'withoutLastMessage' }],
] as const)('a chat is found on an instance without %s', async (_, config) => {
  const { sim, desk } = await openedInDoubt({ resetAfter: true }, { config });
  expect((await desk.findOpened(asked(), context))?.chat.id).toBe(onlyChat(sim));
});

test('where nothing can be listed nobody knows, and no second chat may be opened', async () => {
  const { desk } = await openedInDoubt({ resetAfter: true }, { config: { listCall: 'off', stateCall: 'off' } });
  await failureOf(desk.findOpened(asked(), context));
});

test('a list that fails for the moment is no answer', async () => {
  const { sim, desk } = await openedInDoubt({ resetAfter: true });
  sim.addFault({ match: { method: 'GET', path: 'sessions$' }, do: { status: { preset: 'down503' } } });
  expect(await failureOf(desk.findOpened(asked(), context))).toMatchObject({ kind: 'unreachable' });
});

test('a chat that an agent has taken and answered meanwhile is found', async () => {
  const { sim, desk } = await openedInDoubt({ resetAfter: true });
  const id = onlyChat(sim);
  sim.accept(id);
  sim.say(id, { text: 'Hello?' });
  expect(await desk.findOpened(asked(), context)).toMatchObject({ chat: { id }, state: { state: 'in_progress' } });
});

test('a chat in which somebody quotes the token is not the one', async () => {
  const { sim, desk } = await openedInDoubt({ resetBefore: true });
  const talk = [said('user', `my colleague has ${token}`), said('bot', `[Teams ${token}] is not known to me`)];
  const chat = await opened(desk, { token: other, handoff: handoff({ summary: `as in ${token}` }, talk) });
  sim.accept(chat.id);
  sim.say(chat.id, { text: `this belongs to ${token}` });
  expect(await desk.findOpened(asked(), context)).toBeUndefined();
});

test('the open chat is meant, not the one that was escalated into it', async () => {
  const { sim, desk } = await openedInDoubt({ resetAfter: true }, { config: { listCall: 'off' } });
  const next = sim.escalate(onlyChat(sim), itDesk);
  expect((await desk.findOpened(asked(), context))?.chat.id).toBe(next as ChatId);
});

test('a chat that is over already is found too, so that no second one is opened', async () => {
  const { sim, desk } = await openedInDoubt({ resetAfter: true });
  const id = onlyChat(sim);
  sim.accept(id);
  sim.closeChat(id);
  expect(await desk.findOpened(asked(), context)).toMatchObject({ chat: { id }, state: { state: 'ended' } });
});

test('the history of the account is asked for only when no open chat is the one, and may fail', async () => {
  const { sim, desk, logged } = await openedInDoubt({ resetAfter: true });
  const lists = () => requests(sim).filter((one) => one.startsWith('GET'));
  await desk.findOpened(asked(), context);
  expect(lists().sort()).toEqual([
    'GET /connect/support/queues/…/sessions',
    'GET /connect/support/sessions?queue_id=…&closed=false',
  ]);
  sim.addFault({ match: { path: 'support/sessions$' }, when: { every: 2 }, do: { status: { preset: 'timeout504' } } });
  expect(await desk.findOpened(asked({ token: other }), context)).toBeUndefined();
  expect(lists().at(-1)).toBe('GET /connect/support/sessions?queue_id=…');
  expect(logged).toContainEqual(['servicenow_history_not_read', { kind: 'unreachable', status: 504 }]);
});

describe('where lists show other words than the first message', () => {
  const ids = { mine: 'a'.repeat(32), theirs: 'b'.repeat(32), gone: 'c'.repeat(32) };
  const row = (message: string, n: number) => ({
    sys_id: `row-${n}`,
    message,
    created_by: 'svc_teams',
    timestamp: 1.8e12 + n,
  });
  const threads: Readonly<Record<string, object[]>> = {
    [ids.theirs]: [row(`see ${token}`, 2), row(`[Teams ${other}] Bo`, 1)],
    [ids.mine]: [row('hello?', 4), row(`[Teams ${token}] Ana`, 3)],
  };
  const entry = (group: string, given: object = {}) => ({
    group,
    state: 1,
    short_description: 'New request',
    ...given,
  });

  /** An instance with these queue entries and no list of chats. */
  const instanceOf = (entries: readonly object[]) =>
    startInstance(({ path }) => {
      const chat = /conversations\/(\w+)\/messages$/.exec(path)?.[1];
      if (chat !== undefined) return threads[chat] ? { json: { result: threads[chat] } } : { status: 404, json: {} };
      return path === '/connect/support/sessions' ? { json: { result: entries } } : { status: 404, json: {} };
    });

  test('the first row of a thread says whose chat it is', async () => {
    const instance = await instanceOf([entry(ids.gone), entry(ids.theirs), entry(ids.mine)]);
    const { desk } = deskAt(instance.url);
    expect((await desk.findOpened(asked(), context))?.chat.id).toBe(ids.mine);
  });

  test('the threads of chats that are known to be others are not read', async () => {
    const marked = entry(ids.theirs, { short_description: `[Teams ${other}] Bo` });
    const instance = await instanceOf([marked, entry(ids.gone, { state: 3 })]);
    const { desk } = deskAt(instance.url);
    expect(await desk.findOpened(asked(), context)).toBeUndefined();
    expect(instance.received.filter(({ path }) => path.includes('conversations'))).toEqual([]);
  });

  const hour = 3_600_000;
  test.each([-hour, 0, hour])('also when their clock differs from ours by %i ms', async (skew) => {
    const at = (milliseconds: number) =>
      new Date(morning + skew + milliseconds).toISOString().slice(0, 19).replace('T', ' ');
    const instance = await instanceOf([
      entry(ids.gone, { sys_updated_on: at(-hour) }),
      entry(ids.mine, { sys_updated_on: at(2_000) }),
      entry(ids.theirs, { sys_updated_on: at(60_000) }),
    ]);
    const { desk, clock } = deskAt(instance.url);
    clock.move(60_000);
    expect((await desk.findOpened(asked(), context))?.chat.id).toBe(ids.mine);
    expect(instance.received.filter(({ path }) => path.includes(ids.gone))).toEqual([]);
  });
});
