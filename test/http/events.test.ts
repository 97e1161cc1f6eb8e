import { createHmac, randomBytes } from 'node:crypto';
import { makeEvents } from '../../src/http/events';
import { FakeClock } from '../support/world/fake-clock';

const [old, young, stranger] = [randomBytes(24), randomBytes(24), randomBytes(24)] as const;
const body = '{"eventId":"e1","words":"secret words"}';
let clock: FakeClock;
let heard: number;
let keys: Buffer[];
const note = () => {
  heard += 1;
};
const events = () => {
  const made = makeEvents({ keys: () => keys, clock, heard: note });
  if (!made) throw new Error('no events');
  return made;
};

beforeEach(() => {
  clock = new FakeClock();
  heard = 0;
  keys = [old];
});

function signed(key: Buffer, more: { id?: string; seconds?: number; text?: string } = {}) {
  const { id = 'e1', seconds = Math.floor(clock.now() / 1_000), text = body } = more;
  const mac = createHmac('sha256', key).update(`${id}.${seconds}.${text}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': String(seconds), 'webhook-signature': `v1,${mac}` };
}

test('a signed event wakes the reader, and comes again without doing so (row 62)', () => {
  const hearing = events();
  expect(hearing.hear(signed(old), body)).toEqual({ status: 204, outcome: 'taken' });
  expect(hearing.hear(signed(old), body)).toEqual({ status: 204, outcome: 'repeated' });
  expect(hearing.hear(signed(old, { id: 'e2' }), body)).toEqual({ status: 204, outcome: 'taken' });
  expect(heard).toBe(2);
});

test('while keys are exchanged both are good, and afterwards the old one is not', () => {
  const hearing = events();
  keys = [young, old];
  expect(hearing.hear(signed(old), body).status).toBe(204);
  expect(hearing.hear(signed(young, { id: 'e2' }), body).status).toBe(204);
  keys = [young];
  expect(hearing.hear(signed(old, { id: 'e3' }), body)).toEqual({ status: 401, outcome: 'wrong_signature' });
  const both = `${signed(old, { id: 'e4' })['webhook-signature']} ${signed(young, { id: 'e4' })['webhook-signature']}`;
  expect(hearing.hear({ ...signed(old, { id: 'e4' }), 'webhook-signature': both }, body).status).toBe(204);
});

test.each<[string, () => Record<string, string | undefined>, string]>([
  ['without headers', () => ({}), 'unsigned'],
  ['with the secret instead of a signature', () => ({ 'x-callback-secret': old.toString('base64') }), 'unsigned'],
  ['signed by somebody else', () => signed(stranger), 'wrong_signature'],
  ['whose words were changed', () => signed(old, { text: `${body} ` }), 'wrong_signature'],
  ['whose id was changed', () => ({ ...signed(old), 'webhook-id': 'e9' }), 'wrong_signature'],
  [
    'whose time was changed',
    () => ({ ...signed(old), 'webhook-timestamp': String(Math.floor(clock.now() / 1_000) + 1) }),
    'wrong_signature',
  ],
  ['six minutes old', () => signed(old, { seconds: Math.floor(clock.now() / 1_000) - 360 }), 'too_old'],
  ['of six minutes from now', () => signed(old, { seconds: Math.floor(clock.now() / 1_000) + 360 }), 'too_old'],
  ['with a time that is none', () => ({ ...signed(old), 'webhook-timestamp': 'now' }), 'unsigned'],
  ['with an empty id', () => ({ ...signed(old), 'webhook-id': '' }), 'unsigned'],
  [
    'signed in another way',
    () => ({ ...signed(old), 'webhook-signature': signed(old)['webhook-signature'].replace('v1', 'v1a') }),
    'unsigned',
  ],
  [
    'with half a signature',
    () => ({ ...signed(old), 'webhook-signature': signed(old)['webhook-signature'].slice(0, 20) }),
    'unsigned',
  ],
])('an event %s wakes nobody (row 62)', (_title, headers, outcome) => {
  const hearing = events();
  expect(hearing.hear(headers(), body)).toEqual({ status: 401, outcome });
  expect(heard).toBe(0);
});

test('what headers tell is refused before the body is read', () => {
  expect(events().refusalOf({})).toEqual({ status: 401, outcome: 'unsigned' });
  expect(events().refusalOf(signed(stranger))).toBeUndefined();
});

test('of ids only as many are remembered as fit, and those whose time is over are forgotten', () => {
  const hearing = events();
  for (let n = 0; n < 10_050; n += 1) hearing.hear(signed(old, { id: `many-${n}` }), body);
  expect(hearing.hear(signed(old, { id: 'many-10049' }), body)).toMatchObject({ outcome: 'repeated' });
  expect(hearing.hear(signed(old, { id: 'many-0' }), body)).toMatchObject({ outcome: 'taken' });
  clock.step(clock.now() + 301_000);
  expect(hearing.hear(signed(old, { id: 'many-10049' }), body)).toMatchObject({ outcome: 'taken' });
});
