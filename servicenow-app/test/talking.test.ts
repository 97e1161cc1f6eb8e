import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catchUpAll } from '../src/server/logic/rules';
import { codeOf, instance, resultOf } from './instance';

function opened() {
  const app = instance();
  const { conversationId: chat } = resultOf(app.open('one'));
  return { ...app, chat: chat as string };
}

const words = (result: { text: string }[]) => result.map((each) => each.text);

test('words are said once for each externalId, and the same words twice where two are meant', () => {
  const { post, all, chat } = opened();
  const first = post(chat, 'a', 'hello');
  assert.equal(first.status, 201);
  assert.deepEqual(resultOf(post(chat, 'a', 'hello')), resultOf(first));
  assert.equal(post(chat, 'a', 'hello').status, 200);
  assert.equal(post(chat, 'b', 'hello').status, 201);
  assert.deepEqual(
    all('sys_cs_message')
      .slice(1)
      .map((each) => each.payload),
    ['hello', 'hello'],
  );
  const bound = all('x_tlc_message').map((each) => each.message_id);
  assert.equal(new Set(bound).size, 2);
});

test('words whose request died after they were said are not said again', () => {
  const { post, all, world, chat } = opened();
  world.before = (what) => {
    if (what === 'said') throw new Error('the request is gone');
  };
  assert.equal(post(chat, 'a', 'hello').status, 500);
  world.before = () => {};
  assert.equal(post(chat, 'a', 'hello').status, 200);
  assert.deepEqual(
    all('sys_cs_message')
      .slice(1)
      .map((each) => each.payload),
    ['hello'],
  );
});

test('words whose request died before they were said are said', () => {
  const { post, all, world, chat, records } = opened();
  const keys = all('x_tlc_chat').map((each) => `${each.sys_id}:a`);
  const begun = {
    key: keys[0] ?? '',
    chat: all('x_tlc_chat')[0]?.sys_id ?? '',
    external_id: 'a',
    state: 'sending',
    attempts: '1',
  };
  records.insert('x_tlc_message', { ...begun, attempt_at: String(world.time) });
  assert.equal(codeOf(post(chat, 'a', 'hello')), 'busy');
  world.time += 41_000;
  assert.equal(post(chat, 'a', 'hello').status, 200);
  assert.deepEqual(
    all('sys_cs_message')
      .slice(1)
      .map((each) => each.payload),
    ['hello'],
  );
});

test('an ended chat takes no words: also where only the platform knows that it has ended', () => {
  const { post, end, show, chat, world, closes } = opened();
  world.rules = false;
  closes(chat);
  world.rules = true;
  assert.equal(post(chat, 'a', 'hello').status, 409);
  assert.equal(resultOf(show(chat)).state, 'ended');
  assert.equal(codeOf(post(chat, 'b', 'hello')), 'ended');
  assert.equal(resultOf(end(chat)).state, 'ended');
});

test('what agents write comes in order, with their names, and once', () => {
  const { changes, messages, accepts, says, chat } = opened();
  accepts(chat, 'jo');
  says(chat, 'one');
  says(chat, 'one');
  const { changes: found, last } = resultOf(changes({ after: '0' }));
  assert.deepEqual(
    found.map((each: { type: string }) => each.type),
    ['joined', 'message', 'message'],
  );
  assert.equal(found[0].agentName, 'Jo Agent');
  assert.equal(found[1].agentName, 'Jo Agent');
  assert.deepEqual(resultOf(changes({ after: String(last) })).changes, []);
  assert.deepEqual(words(resultOf(messages(chat)).messages), ['one', 'one']);
});

test('what agents say among themselves, and what the requester says, is not listed', () => {
  const { changes, messages, says, post, chat } = opened();
  says(chat, 'secret', { visibility_type: 'internal' });
  says(chat, 'public', { visibility_type: 'public' });
  says(chat, 'a card', { q_data_message_type: 'richControl' });
  post(chat, 'a', 'mine');
  assert.deepEqual(words(resultOf(messages(chat)).messages), ['public']);
  assert.deepEqual(words(resultOf(changes({ after: '0' })).changes), ['public']);
  assert.deepEqual(words(resultOf(messages(chat, { own: 'true' })).messages), ['public', 'mine']);
});

test('a page is as long as it is asked to be, and says that there is more', () => {
  const { changes, says, chat } = opened();
  for (const text of ['a', 'b', 'c', 'd', 'e']) says(chat, text);
  const seen: string[] = [];
  let after = '0';
  for (let pages = 0; pages < 3; pages += 1) {
    const page = resultOf(changes({ after, limit: '2' }));
    seen.push(...words(page.changes));
    after = String(page.last);
    assert.equal(page.more, pages < 2);
  }
  assert.deepEqual(seen, ['a', 'b', 'c', 'd', 'e']);
  assert.equal(changes({ after: 'x' }).status, 400);
});

test('without a number the log tells only where it stands', () => {
  const { changes, says, chat } = opened();
  says(chat, 'a');
  assert.deepEqual(resultOf(changes()), { changes: [], more: false, last: 1 });
});

test('what the rule missed is caught up with, in order, and once', () => {
  const { messages, says, world, chat } = opened();
  says(chat, 'one');
  world.rules = false;
  says(chat, 'two');
  says(chat, 'three');
  world.rules = true;
  says(chat, 'four');
  assert.deepEqual(words(resultOf(messages(chat)).messages), ['one', 'four', 'two', 'three']);
  assert.deepEqual(words(resultOf(messages(chat)).messages), ['one', 'four', 'two', 'three']);
});

test('numbers have no gaps although two requests want the same one', () => {
  const { says, messages, chat, world, records } = opened();
  let isFirst = true;
  world.before = (what) => {
    if (what !== 'insert x_tlc_change' || !isFirst) return;
    isFirst = false;
    // Another request takes the number in between.
    const [taken] = records.find({ table: 'x_tlc_change', where: [], order: '-sequence' });
    const next = String(Number(taken?.sequence ?? 0) + 1);
    records.insert('x_tlc_change', { key: 'other', sequence: next, caller: 'other', at: '0' });
  };
  says(chat, 'one');
  says(chat, 'two');
  assert.deepEqual(
    resultOf(messages(chat)).messages.map((each: { sequence: number }) => each.sequence),
    [2, 3],
  );
});

test('a transfer is told, and so is a chat that waits again', () => {
  const { changes, show, accepts, handsBack, chat } = opened();
  accepts(chat, 'jo');
  accepts(chat, 'kim');
  handsBack(chat);
  assert.equal(resultOf(show(chat)).state, 'waiting');
  const types = resultOf(changes({ after: '0' })).changes.map((each: { type: string; agentName: string }) => [
    each.type,
    each.agentName,
  ]);
  assert.deepEqual(types, [
    ['joined', 'Jo Agent'],
    ['transferred', 'Kim Agent'],
    ['transferred', ''],
  ]);
});

test('the place in the queue is told, for one chat and for all that wait', () => {
  const { open, show, changes, accepts, chat } = opened();
  const second = resultOf(open('two')).conversationId;
  assert.deepEqual(resultOf(show(second)), {
    conversationId: second,
    state: 'waiting',
    position: 2,
    estimatedWait: '2 Minutes',
  });
  accepts(chat, 'jo');
  assert.deepEqual(resultOf(changes({ after: '0', waiting: 'true' })).waiting, [
    { conversationId: second, position: 1, estimatedWait: '2 Minutes' },
  ]);
});

test('the agent ends a chat: it is told once, and who ended it', () => {
  const { changes, show, closes, accepts, chat } = opened();
  accepts(chat, 'jo');
  closes(chat);
  closes(chat);
  assert.deepEqual(resultOf(show(chat)), { conversationId: chat, state: 'ended', endedBy: 'agent' });
  assert.equal(
    resultOf(changes({ after: '0' })).changes.filter((each: { type: string }) => each.type === 'closed').length,
    1,
  );
});

test('the requester leaves: the agent has the chat no longer, and a second time changes nothing', () => {
  const { end, show, all, accepts, chat } = opened();
  accepts(chat, 'jo');
  assert.equal(end(chat).status, 200);
  assert.equal(end(chat).status, 200);
  assert.equal(all('interaction')[0]?.state, 'closed_complete');
  assert.equal(all('awa_work_item')[0]?.active, '0');
  assert.equal(resultOf(show(chat)).endedBy, 'requester');
});

test('leaving that died half-way is finished by the next attempt', () => {
  const { end, all, world, chat } = opened();
  world.before = (what) => {
    if (what === 'update awa_work_item') throw new Error('gone');
  };
  assert.throws(() => end(chat));
  world.before = () => {};
  end(chat);
  assert.equal(all('interaction')[0]?.state, 'closed_abandoned');
});

test('typing and talking keep the platform from taking the requester for gone', () => {
  const { typing, all, world, chat } = opened();
  world.time += 60_000;
  assert.equal(typing(chat).status, 204);
  assert.equal(all('sys_cs_session_binding')[0]?.last_client_activity_time, '2026-11-18 09:01:00');
});

test('a requester who thinks is there for half an hour after the last word, and then the platform may close the chat', () => {
  const { says, all, world, chat, glideFor } = opened();
  const presentAt = () => all('sys_cs_session_binding')[0]?.last_client_activity_time;
  world.time += 60_000;
  catchUpAll(glideFor('system'));
  assert.equal(presentAt(), '2026-11-18 09:01:00');
  says(chat, 'try this');
  world.time += 29 * 60_000;
  catchUpAll(glideFor('system'));
  assert.equal(presentAt(), '2026-11-18 09:30:00');
  world.time += 2 * 60_000;
  catchUpAll(glideFor('system'));
  assert.equal(presentAt(), '2026-11-18 09:30:00');
});

test('a file is kept once for each externalId, also where the request died after it was', () => {
  const { file, all, world, chat } = opened();
  const first = file(chat, 'f', 'a.txt');
  assert.equal(first.status, 201);
  assert.deepEqual(resultOf(file(chat, 'f', 'a.txt')), resultOf(first));
  world.before = (what) => {
    if (what === 'attached') throw new Error('gone');
  };
  assert.throws(() => file(chat, 'g', 'a.txt'));
  world.before = () => {};
  assert.equal(codeOf(file(chat, 'g', 'a.txt')), 'busy');
  world.time += 41_000;
  assert.equal(file(chat, 'g', 'a.txt').status, 200);
  const kept = all('sys_attachment');
  assert.equal(kept.length, 2);
  assert.deepEqual([...new Set(kept.map((each) => each.table_name))], ['interaction']);
});
