import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { instance, resultOf } from './instance';

test('an event is signed, tells ids only, and is sent for what agents do', () => {
  const { open, says, post, accepts, world } = instance();
  world.settings['x_tlc.push.url'] = 'https://chat.example/api/servicenow/events';
  world.settings['x_tlc.push.secret'] = `whsec_${Buffer.from('a secret').toString('base64')}`;
  const { conversationId } = resultOf(open('one'));
  accepts(conversationId, 'jo');
  says(conversationId, 'private words');
  post(conversationId, 'a', 'mine');
  assert.deepEqual(
    world.sent.map(({ body }) => JSON.parse(body).type),
    ['joined', 'message'],
  );
  const [, event] = world.sent;
  assert.ok(event);
  const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signature } = event.headers;
  const expected = createHmac('sha256', 'a secret').update(`${id}.${at}.${event.body}`).digest('base64');
  assert.equal(signature, `v1,${expected}`);
  assert.equal(at, String(world.time / 1_000));
  const { eventId, ...rest } = JSON.parse(event.body);
  assert.equal(eventId, id);
  assert.deepEqual(rest, { externalId: 'one', conversationId, sequence: 2, type: 'message' });
});

test('without an address nothing is sent', () => {
  const { open, says, world } = instance();
  says(resultOf(open('one')).conversationId, 'hello');
  assert.deepEqual(world.sent, []);
});
