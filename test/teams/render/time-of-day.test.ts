import type { Content } from '../../../src/conversation/content';
import type { RowId, ServerTime } from '../../../src/conversation/types';
import { renderContent } from '../../../src/teams/render/render';
import { timeOfDay } from '../../../src/teams/render/time-of-day';
import { makeTexts } from '../../../src/texts/texts';

const texts = makeTexts();
const at = Date.UTC(2026, 10, 23, 9, 2) as ServerTime;
const late: Content = { kind: 'agent', name: 'Beth', text: 'hello', row: 'r1' as RowId, writtenAt: at };

test('a time is read off the clock on the wall of the employee', () => {
  expect(timeOfDay(at, { locale: 'de-DE', timezone: 'Europe/Berlin', texts })).toBe('10:02');
  expect(timeOfDay(at, { locale: 'en-US', timezone: 'America/New_York', texts })).toMatch(/04:02\sAM/);
});

test.each([{ timezone: undefined }, { timezone: 'Moon/Base' }])(
  'a zone that nobody knows is named: %j',
  ({ timezone }) => {
    expect(timeOfDay(at, { locale: 'en', timezone, texts })).toBe('09:02 UTC');
  },
);

test('a language that is none keeps nobody from the time', () => {
  expect(timeOfDay(at, { locale: 'no language', timezone: 'Europe/Berlin', texts })).toBe('10:02');
});

test('what an agent wrote long ago says when, in a repeat too', () => {
  const wording = { locale: 'en-GB', timezone: 'Europe/Berlin', texts };
  const { text } = renderContent(late, { ...wording, repeat: true });
  expect(text).toBe(
    '_(This may be a repeat of the message above.)_\n\n_(Written at 10:02, delayed on its way.)_\n\n**Beth**\n\nhello',
  );
  expect(renderContent(late, { ...wording, locale: 'de', repeat: false }).text).toContain('Um 10:02 Uhr geschrieben');
});

test('a file that was late says when it was sent, beside its card', () => {
  const file: Content = {
    kind: 'file',
    name: 'Beth',
    row: 'r1' as RowId,
    file: { id: 'f', name: 'a.pdf' },
    writtenAt: at,
  };
  const body = renderContent(file, { locale: 'en', texts, repeat: false });
  expect(body.text).toContain('09:02 UTC');
  expect(body.attachments).toHaveLength(1);
});
