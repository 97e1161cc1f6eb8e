import type { HandoffId } from '../../../src/conversation/types';
import {
  asked,
  closeAll,
  context,
  deskAt,
  handoff,
  hrQueue,
  itDesk,
  requests,
  started,
  startInstance,
} from '../servicenow-side';

afterEach(closeAll);

test('an open queue takes chats, which is asked with one call', async () => {
  const { sim, desk } = await started();
  expect(await desk.unavailable(asked(), context)).toBeUndefined();
  expect(requests(sim)).toEqual(['GET /connect/support/queues/…']);
});

test('a closed queue says why, and when it opens where the admin has said that', async () => {
  const weekdays = { mon: ['08:00-17:00'], thu: ['08:00-17:00'] };
  const { sim, desk } = await started({ options: { hours: { zone: 'Europe/Berlin', days: weekdays } } });
  sim.setQueue({ id: itDesk, open: false, notAvailable: '<p>We are there <b>from 8 to 17</b></p>' });
  expect(await desk.unavailable(asked(), context)).toEqual({
    words: 'We are there from 8 to 17',
    opens: { at: Date.parse('2026-11-19T07:00:00Z'), zone: 'Europe/Berlin' },
  });
});

test('the queue that the hand-off names is asked', async () => {
  const { sim } = await started();
  const { desk } = deskAt(sim.url, { queues: { hr: hrQueue(sim) } });
  sim.setQueue({ id: hrQueue(sim), open: false, notAvailable: 'closed' });
  const to = (queue: string) => asked({ handoff: { ...handoff({ queue }), id: queue as HandoffId } });
  expect([await desk.unavailable(to('hr'), context), await desk.unavailable(to('servicenow'), context)]).toEqual([
    { words: 'closed' },
    undefined,
  ]);
});

test.each([
  ['nobody', [], {}],
  ['somebody', [{ sys_id: 'x' }], undefined],
])('where agents count, a queue of which %s is an agent', async (_, agents, expected) => {
  const server = await startInstance(({ path }) => ({
    json: { result: path.endsWith('/agents') ? agents : { sys_id: itDesk } },
  }));
  const { desk } = deskAt(server.url, { options: { availability: 'agents' } });
  expect(await desk.unavailable(asked(), context)).toEqual(expected);
});

test('an instance that does not have the call is not asked again for a while', async () => {
  const server = await startInstance(() => ({ status: 404, json: { error: { message: 'No Record found' } } }));
  const { desk, clock } = deskAt(server.url);
  await desk.unavailable(asked(), context);
  await desk.unavailable(asked(), context);
  expect(server.received).toHaveLength(1);
  clock.move(600_001);
  await desk.unavailable(asked(), context);
  expect(server.received).toHaveLength(2);
});

test('nothing is asked where the admin does not want it', async () => {
  const { sim, desk } = await started({ options: { availability: 'off' } });
  sim.setQueue({ id: itDesk, open: false });
  expect([await desk.unavailable(asked(), context), requests(sim)]).toEqual([undefined, []]);
});
