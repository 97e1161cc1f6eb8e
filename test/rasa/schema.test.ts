import fc from 'fast-check';
import { ApiFailure } from '../../src/conversation/failures';
import { itemsSaid } from '../../src/rasa/bot-events';
import { readReply } from '../../src/rasa/schema';
import { findTurn, readTracker, triggerInEvents } from '../../src/rasa/tracker';
import { takeTrigger } from '../../src/rasa/trigger';
import type { Answer } from '../../src/upstream/call';

function answer(text: string): Answer {
  return { status: 200, headers: { 'content-type': 'application/json' }, text };
}

function items(value: unknown) {
  return readReply(answer(JSON.stringify(value)));
}

test('messages keep their order and what can be shown of them', () => {
  const buttons = [{ title: 'Yes', payload: '/affirm', extra: 1 }];
  expect(
    items([
      { recipient_id: 'x', text: 'one', unknown: true },
      { recipient_id: 'x', text: 'choose', buttons },
      { image: 'https://example.com/a.png' },
      { attachment: { type: 'video', payload: { src: 'https://example.com/v' } } },
      { custom: { anything: [1, 2] } },
    ]),
  ).toEqual([
    { text: 'one' },
    { text: 'choose', buttons },
    { image: 'https://example.com/a.png' },
    { attachment: { type: 'video', payload: { src: 'https://example.com/v' } } },
    { custom: { anything: [1, 2] } },
  ]);
});

test('a message with odd parts is shown without them', () => {
  expect(
    items([
      { text: 42 },
      { text: null, image: 'i' },
      { text: ['a'], buttons: 'none' },
      { text: 'b', buttons: [null, 'x', { title: 't' }], custom: 'c', attachment: null, image: {} },
      { text: '  ', buttons: [], attachment: '' },
      null,
      'text',
      7,
      [],
    ]),
  ).toEqual([{ text: '42' }, { image: 'i' }, { text: 'b', buttons: [{ title: 't' }] }]);
});

test('one message that is not in a list is an answer all the same', () => {
  expect(items({ text: 'hello' })).toEqual([{ text: 'hello' }]);
});

test.each([
  '',
  '<html>Sign in</html>',
  'null',
  '"text"',
  '1',
  '{}',
  '{"status":"failure","code":500}',
  '[{"text":"cut',
])('%j is not an answer, and what became of the turn is unknown', (text) => {
  expect(() => readReply(answer(text))).toThrow(
    expect.objectContaining({ name: 'ApiFailure', upstream: 'rasa', kind: 'malformed', certain: false }),
  );
});

test('a failure tells nothing of what was said', () => {
  const spoil = (text: string) => {
    try {
      readReply(answer(text));
    } catch (error) {
      return String(error);
    }
    return 'it was read';
  };
  expect(spoil('{"secret":"word"}')).not.toMatch(/secret|word/);
  expect(spoil('secret word')).not.toMatch(/secret|word/);
});

test('data that is nested without end is left out', () => {
  const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
  const list = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
  const text = `[{"text":"shown","custom":${deep},"attachment":${list},"buttons":[${deep},{"title":"t"}]}]`;
  expect(readReply(answer(text))).toEqual([{ text: 'shown', buttons: [{ title: 't' }] }]);
});

const names = { markers: ['handoff_to_human'], hosts: [], queues: ['it'] };
const keysOfItems = ['text', 'image', 'buttons', 'attachment', 'custom', '__proto__', 'constructor', 'toString'];
const keysOfCustom = ['handoff', 'action', 'type', 'handoff_to_human', 'handoff_host', 'queue', 'fields', '__proto__'];
const hostile = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('handoff', 'handoff_to_human', 'servicenow', 'https://evil.example', true, null, -0, 1e308, ''),
    fc.string({ unit: 'binary' }),
    fc.array(tie('value')),
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom(...keysOfItems, ...keysOfCustom)), tie('value')),
  ),
})).value;
const bodies = fc.oneof(
  hostile.map((value) => JSON.stringify(value)),
  fc.array(hostile).map((value) => JSON.stringify(value)),
  fc.string(),
  fc.json(),
);

function survives(work: () => unknown): void {
  try {
    expect(JSON.stringify(work())).toEqual(expect.any(String));
  } catch (error) {
    expect(error).toBeInstanceOf(ApiFailure);
  }
}

test('no answer whatsoever does more than fail (row 35)', () => {
  fc.assert(
    fc.property(bodies, (text) => survives(() => takeTrigger(readReply(answer(text)), names))),
    { numRuns: 500 },
  );
});

test('no record whatsoever does more than fail', () => {
  const keys = [
    'events',
    'slots',
    'paused',
    'event',
    'user',
    'bot',
    'slot',
    'name',
    'value',
    'data',
    'metadata',
    'text',
  ];
  const record = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom('user', 'bot', 'slot', 'words', 'handoff_active', 1.5, null, true),
      fc.array(tie('value')),
      fc.dictionary(fc.constantFrom(...keys), tie('value')),
    ),
  })).value;
  const whole = fc.record({ events: fc.array(record), slots: record, paused: record });
  fc.assert(
    fc.property(fc.oneof(whole, record, bodies), (value) =>
      survives(() => {
        const tracker = readTracker(answer(typeof value === 'string' ? value : JSON.stringify(value)));
        const events = tracker.events ?? [];
        const found = findTurn(events, { activityId: 'a', words: 'words', sentAt: 0 });
        return [found, itemsSaid(events), triggerInEvents(events, ['words']) ?? 'none', tracker.slots];
      }),
    ),
    { numRuns: 500 },
  );
});
