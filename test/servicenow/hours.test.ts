import { nextOpening, openingHours } from '../../src/servicenow/hours';

const week = ['mon', 'tue', 'wed', 'thu', 'fri'].map((name) => [name, ['08:00-12:00', '13:00-17:00']]);
const hours = openingHours.parse({ zone: 'Europe/Berlin', days: Object.fromEntries(week) });
const nextAt = (now: string) => new Date(nextOpening(hours, Date.parse(now))?.at ?? 0).toISOString();

test.each([
  ['in the night', '2026-03-02T02:00:00Z', '2026-03-02T07:00:00.000Z'],
  ['at noon', '2026-03-02T11:30:00Z', '2026-03-02T12:00:00.000Z'],
  ['in the evening', '2026-03-02T18:00:00Z', '2026-03-03T07:00:00.000Z'],
  ['on Friday evening', '2026-03-06T18:00:00Z', '2026-03-09T07:00:00.000Z'],
  ['over the weekend on which the clocks change', '2026-03-27T18:00:00Z', '2026-03-30T06:00:00.000Z'],
  ['shortly after midnight there, which is the day before in UTC', '2026-03-01T23:30:00Z', '2026-03-02T07:00:00.000Z'],
])('%s the next opening is known', (_, now, opens) => {
  expect(nextAt(now)).toBe(opens);
});

test('a help desk that is never there never opens', () => {
  const never = openingHours.parse({ zone: 'UTC', days: {} });
  expect(nextOpening(never, 0)).toBeUndefined();
});

test.each([
  ['a zone that nobody knows', { zone: 'Mars/Olympus', days: {} }],
  ['a time that is none', { zone: 'UTC', days: { mon: ['8-17'] } }],
  ['a day that is none', { zone: 'UTC', days: { monday: [] } }],
])('%s is a mistake', (_, given) => {
  expect(openingHours.safeParse(given).success).toBe(false);
});
