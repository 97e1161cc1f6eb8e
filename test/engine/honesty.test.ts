import { World } from '../support/world/world';

async function inChat(): Promise<World> {
  const world = new World();
  await world.says('/live_agent');
  world.serviceNow.accept();
  await world.tick(2);
  world.teams.shown.length = 0;
  return world;
}

const told = (world: World) => world.teams.shown.flatMap(({ content }) => (content.kind === 'notice' ? [content] : []));

test('a message that ServiceNow refuses is told of in reply to it', async () => {
  const world = await inChat();
  world.serviceNow.trouble = (call) => (call === 'post' ? { how: 'refused', kind: 'rejected' } : undefined);
  await world.says('one', { turn: 'm1' });
  expect(told(world)).toEqual([{ kind: 'notice', notice: { key: 'not_delivered', texts: ['one'] }, replyTo: 'm1' }]);
});

test('a message of which nobody knows whether it arrived is said to be that', async () => {
  const world = await inChat();
  world.serviceNow.trouble = (call) => (call === 'post' || call === 'find' ? { how: 'lost_before' } : undefined);
  await world.says('one', { turn: 'm1' });
  await world.says('two', { turn: 'm2' });
  await world.passes(120_000);
  expect(told(world).at(-1)).toEqual({
    kind: 'notice',
    notice: { key: 'not_delivered', texts: ['two'], unsure: ['one'] },
  });
});

test('a single message in doubt is told of in reply to it', async () => {
  const world = await inChat();
  world.serviceNow.trouble = (call) => (call === 'post' || call === 'find' ? { how: 'lost_before' } : undefined);
  await world.says('one', { turn: 'm1' });
  await world.passes(120_000);
  const notice = { key: 'not_delivered', texts: [], unsure: ['one'] };
  expect(told(world).at(-1)).toEqual({ kind: 'notice', notice, replyTo: 'm1' });
});

test('a question that the assistant may not have got is told of in reply to it', async () => {
  const world = new World();
  world.assistant.trouble = () => ({ how: 'lost_after' });
  await world.says('how do I print?', { turn: 'm1' });
  await world.passes(60_000);
  expect(told(world).filter(({ notice }) => notice.key === 'please_send_again')).toEqual([
    { kind: 'notice', notice: { key: 'please_send_again' }, replyTo: 'm1' },
  ]);
});
