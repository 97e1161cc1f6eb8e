import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeOf, instance, queue, resultOf } from './instance';

test('a chat gets into the queue, with its first message and without the Virtual Agent', () => {
  const { open, all } = instance();
  const answer = open('one', { userEmail: 'ada@example.com', subject: 'VPN' });
  assert.equal(answer.status, 201);
  const { conversationId, workItemId } = resultOf(answer);
  const [interaction] = all('interaction');
  assert.equal(interaction?.assigned_to, '');
  assert.equal(interaction?.opened_for, 'ada');
  assert.equal(interaction?.short_description, 'VPN');
  assert.deepEqual(
    all('awa_work_item').map(({ sys_id, state, queue: of }) => [sys_id, state, of]),
    [[workItemId, 'queued', queue]],
  );
  assert.deepEqual(
    all('sys_cs_message').map((each) => [each.conversation, each.payload]),
    [[conversationId, 'Hello from one']],
  );
});

test('a work item is made without a state and queued after that, because routing looks at the change', () => {
  const { open, world, records } = instance();
  const states: (string | undefined)[] = [];
  world.before = (what) => {
    if (what === 'update awa_work_item') states.push(records.find({ table: 'awa_work_item', where: [] })[0]?.state);
  };
  open('one');
  assert.deepEqual(states, ['']);
});

test('the same externalId opens one chat, and is answered the same', () => {
  const { open, all } = instance();
  const first = open('one');
  const second = open('one');
  assert.equal(second.status, 200);
  assert.deepEqual(resultOf(second), resultOf(first));
  assert.equal(all('interaction').length, 1);
});

test('two callers may use the same externalId, and do not see each other', () => {
  const { as } = instance();
  const { conversationId } = resultOf(as('service').open('one'));
  assert.notEqual(resultOf(as('other').open('one')).conversationId, conversationId);
  assert.equal(codeOf(as('other').show(conversationId)), 'unknown_chat');
  assert.equal(codeOf(as('other').end(conversationId)), 'unknown_chat');
});

const deaths = [
  'begin',
  'insert sys_cs_session',
  'insert sys_cs_session_binding',
  'say',
  'said',
  'insert awa_work_item',
  'update awa_work_item',
];
for (const death of deaths) {
  test(`an opening that fails at "${death}" is no success, and goes on where it stopped`, () => {
    const { open, all, world } = instance();
    world.before = (what) => {
      if (what === death) throw new Error('no');
    };
    const failed = open('one');
    assert.equal(failed.status, 500);
    assert.equal(codeOf(failed), 'unfinished');
    world.before = () => {};
    assert.equal(open('one').status, 200);
    assert.equal(all('interaction').length, 1);
    assert.equal(all('awa_work_item').length, 1);
    assert.equal(all('sys_cs_message').length, 1);
    assert.equal(all('awa_work_item')[0]?.state, 'queued');
  });
}

test('an opening whose request died without a word is taken up later, by one request', () => {
  const { open, find, all, world, records } = instance();
  // The record of a request that died right after it had begun.
  const begun = {
    key: 'service:one',
    external_id: 'one',
    caller: 'service',
    requester: 'ada',
    queue,
    first_message: 'Hi',
  };
  records.insert('x_tlc_chat', {
    ...begun,
    state: 'opening',
    turns: '0',
    attempts: '1',
    attempt_at: String(world.time),
  });
  assert.equal(open('one').status, 503);
  assert.equal(open('one').retryAfter, 2);
  world.time += 41_000;
  assert.deepEqual(resultOf(find('one')), []);
  assert.equal(open('one').status, 200);
  assert.deepEqual(
    all('sys_cs_message').map((each) => each.payload),
    ['Hi'],
  );
});

test('a chat is found again by its externalId', () => {
  const { open, find } = instance();
  assert.deepEqual(resultOf(find('one')), []);
  const { conversationId } = resultOf(open('one'));
  assert.equal(resultOf(find('one'))[0].conversationId, conversationId);
});

test('what is wrong with a request is said, and nothing comes into being', () => {
  const { open, all } = instance();
  assert.equal(codeOf(open('one', { queue: 'f'.repeat(32) })), 'unknown_queue');
  assert.equal(codeOf(open('two', { firstMessage: '' })), 'invalid');
  assert.equal(codeOf(open('three', { transcript: 'text' })), 'invalid');
  assert.equal(codeOf(open('x'.repeat(101))), 'invalid');
  assert.equal(all('sys_cs_conversation').length, 0);
});

test('an employee without a user of her own, or with two, is represented by the configured user', () => {
  const { open, all, world, records } = instance();
  world.settings['x_tlc.fallback_requester'] = 'guest';
  records.insert('sys_user', { sys_id: 'guest', user_name: 'guest', name: 'Guest' });
  records.insert('sys_user', { sys_id: 'ada2', email: 'ada@example.com' });
  open('one', { userEmail: 'ada@example.com' });
  open('two', { userEmail: 'nobody@example.com' });
  assert.deepEqual(
    all('sys_cs_conversation').map((each) => each.consumer),
    ['guest', 'guest'],
  );
});

test('what was said before stands below the first words', () => {
  const { open, all } = instance();
  open('one', { transcript: ['09:00 Ada: hi', '09:01 Bot: hello'] });
  assert.equal(all('sys_cs_message')[0]?.payload, 'Hello from one\n09:00 Ada: hi\n09:01 Bot: hello');
});

test('a closed queue says so in the words of the admin, before and instead of opening a chat', () => {
  const { open, queue: ask, all, world } = instance();
  assert.deepEqual(resultOf(ask(queue)), { open: true, waiting: 0, estimatedWait: '2 Minutes' });
  world.open = false;
  assert.deepEqual(resultOf(ask(queue)), {
    open: false,
    waiting: 0,
    estimatedWait: '2 Minutes',
    message: 'Back at eight.',
  });
  const refused = open('one');
  assert.equal(refused.status, 403);
  assert.equal((refused.body as { error: { message: string } }).error.message, 'Back at eight.');
  assert.equal(all('x_tlc_chat').length, 0);
  assert.equal(codeOf(ask('f'.repeat(32))), 'unknown_queue');
});

test('a rating is kept with the chat, and the last one counts', () => {
  const { open, rate, all } = instance();
  const { conversationId } = resultOf(open('one'));
  assert.equal(rate(conversationId, 2).status, 200);
  assert.equal(rate(conversationId, 5).status, 200);
  assert.equal(all('x_tlc_chat')[0]?.rating, '5');
  assert.equal(rate(conversationId, 6).status, 400);
});

test('what a caller gives never becomes a part of a query that the platform would interpret', () => {
  const { open, find, show, queue: ask, post, all } = instance();
  const tricks = ['javascript:gs.log(1)', 'a^ORcaller=other', 'a^NQ', ' one'];
  for (const trick of tricks) {
    assert.equal(codeOf(open(trick)), 'invalid');
    assert.equal(codeOf(find(trick)), 'invalid');
    assert.equal(codeOf(show(trick)), 'unknown_chat');
    assert.equal(codeOf(ask(trick)), 'unknown_queue');
    assert.equal(codeOf(open('one', { queue: trick })), 'invalid');
    assert.equal(codeOf(open('one', { userSysId: trick })), 'invalid');
  }
  const { conversationId } = resultOf(open('one', { userEmail: 'javascript:x@y' }));
  for (const trick of tricks) assert.equal(codeOf(post(conversationId, trick, 'hi')), 'invalid');
  assert.deepEqual(
    all('sys_cs_conversation').map((each) => each.consumer),
    ['service'],
  );
});
