import { makeAdminDesk } from '../../src/admin/desk';
import { makeLedger } from '../../src/control/ledger';
import type { ChatId } from '../../src/conversation/types';
import { keyOf, World } from '../support/world/world';

const readiness = async () =>
  ({ status: 'ok', checks: { store: 'ok', servicenow: 'ok', rasa: 'ok', teams: 'ok' } }) as const;

function adminOf(world: World) {
  const { store, clock } = world;
  const offer = world.engine.offer.bind(world.engine);
  return makeAdminDesk({ store, clock, offer, ledger: makeLedger({ store, offer }), readiness });
}

/** Ana talks to Beth. */
async function inChat(): Promise<World> {
  const world = new World();
  await world.says('talk to a live agent');
  world.serviceNow.accept();
  world.serviceNow.say('Beth', 'Hi, I am Beth');
  await world.tick(2);
  return world;
}

const chatOf = (world: World) => world.serviceNow.chats[0]?.live.id as ChatId;

test('an operator ends a chat: the agent side is left, the employee is told once, and the assistant answers again', async () => {
  const world = await inChat();
  const admin = adminOf(world);
  expect(await admin.overview()).toMatchObject({ connected: 1, queued: 0, live: [{ chat: chatOf(world) }] });
  expect(await admin.end(keyOf(), chatOf(world))).toEqual({ outcome: 'ended' });
  await world.tick(2);
  expect(world.serviceNow.chats[0]?.state).toBe('ended');
  expect(world.teams.seenBy().filter((text) => text.startsWith('[ended'))).toEqual(['[ended_by_operator]']);
  expect(await admin.overview()).toMatchObject({ connected: 0, live: [], ended: [{ reason: 'operator' }] });
  await world.says('and now?');
  expect(world.teams.seenBy().at(-1)).toBe('you said and now?');
});

test('a chat that is over by now is not ended again, nor is one of somebody else', async () => {
  const world = await inChat();
  const admin = adminOf(world);
  const chat = chatOf(world);
  expect(await admin.end(keyOf('ben'), chat)).toEqual({ outcome: 'refused', reason: 'not_live' });
  expect(await admin.end(keyOf(), 'c9' as ChatId)).toEqual({ outcome: 'refused', reason: 'not_live' });
  await world.says('/end_chat');
  const seen = world.teams.seenBy().length;
  expect(await admin.end(keyOf(), chat)).toEqual({ outcome: 'refused', reason: 'not_live' });
  await world.tick(2);
  expect(world.teams.seenBy()).toHaveLength(seen);
});

test('two clicks at once end it once', async () => {
  const world = await inChat();
  const admin = adminOf(world);
  await Promise.all([admin.end(keyOf(), chatOf(world)), admin.end(keyOf(), chatOf(world))]);
  await world.tick(2);
  expect(world.teams.seenBy().filter((text) => text.startsWith('[ended'))).toEqual(['[ended_by_operator]']);
});

test('however many look, the store is asked every two seconds at most, and at once after something was done', async () => {
  const world = await inChat();
  const admin = adminOf(world);
  const first = await admin.overview();
  expect(await admin.overview()).toBe(first);
  await world.passes(3_000);
  expect(await admin.overview()).not.toBe(first);
  const before = await admin.overview();
  await admin.end(keyOf(), chatOf(world));
  expect(await admin.overview()).not.toBe(before);
});
