import { World } from '../support/world/world';

async function inQueue(options?: ConstructorParameters<typeof World>[0]): Promise<World> {
  const world = new World(options);
  await world.says('/live_agent');
  return world;
}

const states = (world: World) => world.teams.updates.map(({ status }) => status.state);

test('one message tells how the chat stands, and is changed in place until the end', async () => {
  const world = await inQueue();
  world.serviceNow.accept();
  world.serviceNow.say('Beth', 'Hi, I am Beth');
  await world.tick(4);
  await world.says('/end_chat');
  await world.passes(10_000);
  expect(world.teams.seenBy()).toEqual([
    '[connecting]',
    '[queued]',
    '[agent_joined]',
    'Hi, I am Beth',
    '[ended_by_user]',
  ]);
  expect(states(world)).toEqual(['connected', 'ended']);
  expect(new Set(world.teams.updates.map(({ activity }) => activity))).toEqual(new Set(['activity-2']));
});

test('the place in the queue is told whenever it changes, in the same message', async () => {
  const world = await inQueue();
  for (const position of [4, 4, 3, 1]) {
    world.serviceNow.position = position;
    await world.tick(3);
  }
  expect(world.teams.updates.map(({ status }) => status.position)).toEqual([4, 3, 1]);
  expect(world.teams.seenBy()).toEqual(['[connecting]', '[queued]']);
});

test('an end in the queue is told in the message, too', async () => {
  const world = await inQueue({ rules: { queueTimeoutMs: 60_000 } });
  await world.passes(90_000);
  expect(states(world)).toEqual(['waiting', 'ended']);
});

test('changes that pile up while Teams is away become one', async () => {
  const world = await inQueue();
  world.teams.trouble = () => ({ how: 'refused', kind: 'unreachable' });
  for (const position of [4, 3, 2, 1]) {
    world.serviceNow.position = position;
    await world.tick(3);
  }
  world.teams.trouble = () => undefined;
  await world.passes(10_000);
  const after = world.teams.updates.length;
  await world.passes(60_000);
  expect([after <= 1, world.teams.updates[0]?.status.position]).toEqual([true, 1]);
});

test('a chat that ends while the process is down has its message changed after the restart', async () => {
  const world = await inQueue();
  world.life.die();
  world.clock.clear();
  world.serviceNow.close('Beth');
  await world.restart();
  await world.passes(10_000);
  expect(states(world)).toEqual(['ended']);
});

test('where the message was never seen to arrive nothing is changed, and nothing waits for it', async () => {
  const world = new World();
  world.teams.trouble = () => ({ how: 'lost_after' });
  await world.says('/live_agent');
  await world.passes(60_000);
  world.teams.trouble = () => undefined;
  world.serviceNow.accept();
  world.serviceNow.say('Beth', 'hello');
  await world.passes(10_000);
  expect([states(world), world.teams.seenBy().at(-1)]).toEqual([[], 'hello']);
});
