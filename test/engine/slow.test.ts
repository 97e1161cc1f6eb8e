import { World } from '../support/world/world';

/** Something that the test lets go on when it likes. */
function gate(): { readonly wait: () => Promise<void>; open(): void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { wait: () => opened, open: () => open() };
}

/** Time passes while something hangs, so that the world cannot come to rest. */
async function passes(world: World, milliseconds: number): Promise<void> {
  const aMoment = async () => {
    for (let n = 0; n < 10; n += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  await aMoment();
  for (const until = world.clock.now() + milliseconds; world.clock.step(until); ) await aMoment();
}

async function inChat(): Promise<World> {
  const world = new World();
  await world.says('/live_agent');
  world.serviceNow.accept();
  world.serviceNow.say('Beth', 'Hi, I am Beth');
  await world.tick(4);
  world.teams.shown.length = 0;
  return world;
}

test('an employee whom the assistant lets wait is asked for a moment, once, and then reads the answer (row 33)', async () => {
  const world = new World();
  const thought = gate();
  world.assistant.thinking = thought.wait;
  await world.deliver('my vpn drops');
  await passes(world, 7_000);
  expect(world.teams.seenBy()).toEqual([]);
  await passes(world, 3_000);
  expect(world.teams.seenBy()).toEqual(['[one_moment]']);
  await passes(world, 12_000);
  thought.open();
  await world.settle();
  expect(world.teams.seenBy()).toEqual(['[one_moment]', 'you said my vpn drops']);
});

test('the next question that takes long is told of again', async () => {
  const world = new World();
  for (const question of ['one', 'two']) {
    const thought = gate();
    world.assistant.thinking = thought.wait;
    await world.deliver(question);
    await passes(world, 10_000);
    thought.open();
    await world.settle();
  }
  expect(world.teams.seenBy()).toEqual(['[one_moment]', 'you said one', '[one_moment]', 'you said two']);
});

test('an employee whose chat takes long to be opened is told once, and then that she is in the queue', async () => {
  const world = new World();
  const opening = gate();
  const open = world.serviceNow.open.bind(world.serviceNow);
  world.serviceNow.open = (request) => opening.wait().then(() => open(request));
  await world.deliver('/live_agent');
  await passes(world, 20_000);
  expect(world.teams.seenBy()).toEqual(['[connecting]', '[opening_slow]']);
  opening.open();
  await world.settle();
  expect(world.teams.seenBy().slice(2)).toEqual(['[queued]']);
});

test('words that were held while the chat was being opened are not late at once', async () => {
  const world = new World();
  const opening = gate();
  const open = world.serviceNow.open.bind(world.serviceNow);
  world.serviceNow.open = (request) => opening.wait().then(() => open(request));
  await world.deliver('/live_agent');
  await world.deliver('are you there?');
  await passes(world, 20_000);
  opening.open();
  await world.passes(20_000);
  expect(world.teams.seenBy().slice(3)).toEqual(['[queued]']);
});

test('an employee whose words do not get through hears of it within ten seconds, once, and once that it goes on (row 23)', async () => {
  const world = await inChat();
  world.serviceNow.trouble = (call) => (call === 'post' ? { how: 'refused', kind: 'unreachable' } : undefined);
  await world.says('one');
  await world.passes(3_000);
  await world.says('two');
  await world.passes(7_000);
  expect(world.teams.seenBy()).toEqual(['[support_interrupted]']);
  await world.passes(20_000);
  world.serviceNow.trouble = () => undefined;
  await world.passes(30_000);
  expect(world.teams.seenBy()).toEqual(['[support_interrupted]', '[support_goes_on]']);
  expect(world.serviceNow.posted()).toEqual(['one', 'two']);
});

test('a second interruption of the same chat is told of like the first', async () => {
  const world = await inChat();
  for (const text of ['one', 'two']) {
    world.serviceNow.trouble = (call) => (call === 'post' ? { how: 'refused', kind: 'unreachable' } : undefined);
    await world.says(text);
    await world.passes(20_000);
    world.serviceNow.trouble = () => undefined;
    await world.passes(30_000);
  }
  const both = ['[support_interrupted]', '[support_goes_on]'];
  expect(world.teams.seenBy()).toEqual([...both, ...both]);
});

test('an agent who comes while reads were interrupted is not hidden by it', async () => {
  const world = new World();
  await world.says('/live_agent');
  world.serviceNow.trouble = () => ({ how: 'refused', kind: 'unreachable' });
  await world.passes(20_000);
  world.serviceNow.trouble = () => undefined;
  world.serviceNow.accept();
  world.serviceNow.say('Beth', 'hello');
  await world.passes(30_000);
  expect(world.teams.seenBy()).toEqual([
    '[connecting]',
    '[queued]',
    '[support_interrupted]',
    '[support_goes_on]',
    '[agent_joined]',
    'hello',
  ]);
});
