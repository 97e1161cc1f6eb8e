import { ApiFailure, type FailureKind } from '../../src/conversation/failures';
import { mark } from '../../src/conversation/marks';
import type { Instant } from '../../src/conversation/types';
import type { MemoryStore } from '../../src/store/memory';
import { namedIn } from '../support/world/fake-teams';
import { keyOf, sender, World } from '../support/world/world';

function failure(kind: FailureKind, certain: boolean, retryAfterMs?: number): ApiFailure {
  return new ApiFailure({ upstream: 'servicenow', kind, certain, message: 'fake', retryAfterMs });
}

async function inChat(options?: ConstructorParameters<typeof World>[0]): Promise<World> {
  const world = new World(options);
  await world.says('talk to a live agent');
  world.serviceNow.accept();
  world.serviceNow.say('Beth', 'Hi, I am Beth');
  await world.tick(4);
  world.teams.shown.length = 0;
  return world;
}

test('a leave that ServiceNow forbids at first is repeated later, for a day (row 58)', async () => {
  const world = await inChat();
  world.serviceNow.trouble = (call) => (call === 'leave' ? { how: 'refused', kind: 'refused' } : undefined);
  await world.says('/end_chat');
  await world.passes(600_000);
  world.serviceNow.trouble = () => undefined;
  await world.passes(24 * 3_600_000);
  expect(world.serviceNow.chat.leaves).toBe(1);
});

test('an answer to leave that was lost does not make a chat that was left one that could not be located', async () => {
  const world = await inChat();
  const leave = world.serviceNow.leave.bind(world.serviceNow);
  let calls = 0;
  world.serviceNow.leave = async (chat) => {
    calls += 1;
    if (calls > 1) return 'gone';
    await leave(chat);
    throw failure('unreachable', false);
  };
  world.serviceNow.trouble = (call) => (call === 'post' ? { how: 'refused', kind: 'unreachable' } : undefined);
  await world.says('one');
  await world.passes(90_000);
  expect(world.teams.seenBy()).toEqual(['[support_interrupted]', '[ended_by_error]', '[not_delivered]']);
});

test('an error that ends a chat is said within a minute although leaving is throttled for minutes', async () => {
  const world = await inChat();
  world.serviceNow.leave = () => Promise.reject(failure('throttled', true, 240_000));
  world.serviceNow.trouble = (call) => (call === 'post' ? { how: 'refused', kind: 'not_found' } : undefined);
  world.serviceNow.knowsState = false;
  await world.says('one');
  await world.passes(60_000);
  expect(world.teams.seenBy()).toContain('[not_delivered]');
});

test('the same word said twice before /end_chat arrives twice although one answer is lost', async () => {
  const world = await inChat();
  world.serviceNow.trouble = (call) => (call === 'post' ? { how: 'refused', kind: 'unreachable' } : undefined);
  await world.says('yes');
  await world.says('yes');
  await world.says('/end_chat');
  let posts = 0;
  world.serviceNow.trouble = (call) => {
    posts += call === 'post' ? 1 : 0;
    return call === 'post' && posts === 2 ? { how: 'lost_before' } : undefined;
  };
  await world.passes(60_000);
  expect(world.serviceNow.posted()).toEqual(['yes', 'yes']);
});

test('a long message that ServiceNow refuses is named once, whole (row 59)', async () => {
  const world = await inChat({ rules: { longestPosted: 20 } });
  world.serviceNow.trouble = (call) => (call === 'post' ? { how: 'refused', kind: 'rejected' } : undefined);
  await world.says('a long message that comes in a number of parts');
  await world.passes(10_000);
  expect(world.teams.seenBy()).toEqual(['[not_delivered]']);
});

test('a long message is named once when its parts fail while the chat is being left', async () => {
  const world = await inChat({ rules: { longestPosted: 20 } });
  world.serviceNow.trouble = (call) => (call === 'post' ? { how: 'lost_before' } : undefined);
  await world.says('a long message that comes in parts');
  await world.says('/end_chat');
  world.serviceNow.trouble = (call) => (call === 'post' ? { how: 'refused', kind: 'rejected' } : undefined);
  await world.passes(120_000);
  const named = world.teams.shown.flatMap(({ content }) =>
    content.kind === 'notice' && content.notice.key === 'not_delivered' ? namedIn(content.notice) : [],
  );
  expect(named).toEqual(['a long message that comes in parts']);
});

test('what the employee wrote last is not lost when the bot is uninstalled right after (row 42)', async () => {
  const world = await inChat();
  let busy = true;
  world.serviceNow.trouble = (call) => (call === 'post' && busy ? { how: 'refused', kind: 'throttled' } : undefined);
  await world.says('one');
  await world.says('two');
  await world.happens({ type: 'app_uninstalled', from: sender(), at: world.clock.now() });
  busy = false;
  await world.passes(60_000);
  expect(world.serviceNow.posted()).toEqual(['one', 'two', '<employee_unreachable>']);
});

test('the agent who wrote the last words is told when Teams does not take them, also while the chat is being left', async () => {
  const world = await inChat();
  world.serviceNow.say('Beth', 'my last words');
  world.teams.trouble = () => ({ how: 'refused', kind: 'rejected' });
  await world.tick(2);
  expect(world.serviceNow.posted()).toEqual(['<words_not_shown>']);
});

test('what is set in bold is told back to the agent, kept in the transcript and taken for a closing line as plain words', async () => {
  const world = await inChat();
  const bold = (text: string) => `${mark.strong}${text}${mark.strong}`;
  world.teams.trouble = () => ({ how: 'refused', kind: 'rejected' });
  world.serviceNow.say('Beth', bold('restart it'));
  await world.tick(2);
  expect(world.serviceNow.notices).toEqual([{ key: 'words_not_shown', text: 'restart it' }]);
  world.teams.trouble = () => undefined;
  world.serviceNow.knowsState = false;
  world.serviceNow.canList = false;
  world.serviceNow.say('Beth', `Beth ${bold('has')} closed the support session`);
  await world.tick(3);
  expect(await world.phase()).toBe('assisted');
  const kept = [];
  for await (const { who, text } of world.store.transcript(0 as Instant, Number.MAX_SAFE_INTEGER as Instant)) {
    if (who === 'agent') kept.push(text);
  }
  expect(kept).toEqual(['Hi, I am Beth', 'restart it', 'Beth has closed the support session']);
});

test.each(['assisted', 'queued', 'connected', 'closing'])(
  'a restart while %s changes nothing for anybody',
  async (phase) => {
    const world = new World();
    await world.says('hello');
    if (phase !== 'assisted') await world.says('/live_agent');
    if (phase === 'connected' || phase === 'closing') {
      world.serviceNow.accept();
      world.serviceNow.say('Beth', 'Hi');
      await world.tick(3);
    }
    if (phase === 'closing') {
      world.serviceNow.trouble = (call) => (call === 'leave' ? { how: 'lost_before' } : undefined);
      await world.says('/end_chat');
    }
    expect(await world.phase()).toBe(phase);
    const before = world.teams.seenBy();
    await world.restart();
    await world.restart();
    world.serviceNow.trouble = () => undefined;
    await world.passes(20_000);
    expect(world.teams.seenBy()).toEqual(phase === 'closing' ? [...before, '[ended_by_user]'] : before);
    expect((await world.store.load(keyOf()))?.outbox).toEqual([]);
  },
);

test('many messages in a row arrive, once and in order', async () => {
  const world = await inChat();
  const texts = Array.from({ length: 300 }, (_, n) => `line ${n}`);
  for (const text of texts) await world.deliver(text);
  await world.settle();
  expect(world.serviceNow.posted()).toEqual(texts);
  expect((world.store as MemoryStore).ledgerOf(keyOf()).length).toBeGreaterThan(300);
});

test('a very long message arrives in parts, whole, in both directions (row 32)', async () => {
  const world = await inChat();
  const text = Array.from({ length: 20_000 }, (_, n) => `word${n}`).join(' ');
  await world.says(text);
  world.serviceNow.say('Beth', text);
  await world.passes(60_000);
  expect(world.serviceNow.posted().join(' ')).toBe(text);
  expect(world.teams.seenBy().join(' ')).toBe(text);
});

test('a chat that can never be left does not keep a later one from being left', async () => {
  const world = await inChat();
  const first = world.serviceNow.chat;
  const leave = world.serviceNow.leave.bind(world.serviceNow);
  let isDown = true;
  world.serviceNow.leave = (chat) =>
    isDown || chat.id === first.live.id ? Promise.reject(failure('unreachable', true)) : leave(chat);
  await world.says('/end_chat');
  await world.passes(20_000);
  await world.says('/live_agent');
  const second = world.serviceNow.chat;
  await world.says('/end_chat');
  await world.passes(20_000);
  isDown = false;
  await world.passes(4 * 3_600_000);
  expect(second.leaves).toBe(1);
});
