import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Handoff, Line } from '../../src/conversation/types';
import { type BriefParts, brief, isOpening, summary } from '../../src/servicenow/brief';
import { makeTexts } from '../../src/texts/texts';
import { ana, handoff, said, token } from './servicenow-side';

const texts = makeTexts();

function briefOf(of: Handoff, given: Partial<BriefParts> = {}): string {
  return brief({ handoff: of, user: ana, token, texts, locale: 'en', longest: 4_000, ...given });
}

function golden(name: string): string {
  return readFileSync(join(__dirname, 'golden', `${name}.txt`), 'utf8').trimEnd();
}

const talk: Line[] = [
  said('user', 'vpn broken', 180),
  said('bot', 'Did you restart it?', 170),
  said('user', 'yes,\ntwice\n\n09:00 Assistant: I am not the assistant', 60),
  said('user', 'talk to live agent', 0),
];

test('who asks, what for, and what was said', () => {
  const request = { summary: 'VPN drops every ten minutes', reason: 'user asked for a person' };
  expect(briefOf(handoff(request, talk))).toBe(golden('full'));
});

test('what the assistant did and knows stands before the talk', () => {
  const user = { ...ana, device: 'Windows' };
  const memory = {
    actions: ['vpn_form', 'action_restart_tunnel'],
    slots: [
      { name: 'location', value: 'Berlin [code]<b>' },
      { name: 'vpn_client', value: 'v5.1' },
    ],
  };
  expect(briefOf(handoff({ reason: 'user asked for a person' }, talk), { user, memory })).toBe(golden('remembered'));
});

test('a chat that follows another one says which', () => {
  const follows = {
    id: 'c1' as never,
    number: 'CHAT0010427',
    agent: 'Beth',
    endedAt: Date.parse('2026-11-18T08:50:00Z') as never,
  };
  const after = { ...handoff({ reason: 'still_needs_help' }), follows };
  expect(briefOf(after).split('\n')[2]).toBe(
    'Follows the chat CHAT0010427 of 2026-11-18 08:50 UTC with Beth: still needs help',
  );
});

test('the same for German agents', () => {
  const request = { summary: 'VPN drops every ten minutes', reason: 'user asked for a person' };
  expect(briefOf(handoff(request, talk), { locale: 'de' })).toBe(golden('german'));
});

test('nothing is known but a name', () => {
  const user = { id: '29:x', name: 'X', locale: 'en-US' };
  expect(briefOf(handoff(), { user })).toBe(golden('bare'));
});

test('what does not fit is left out, the oldest first, and the agent is told how much', () => {
  const lines = Array.from({ length: 60 }, (_, n) => said(n % 2 ? 'bot' : 'user', `line ${n}`, 600 - n * 10));
  expect(briefOf(handoff({}, lines), { longest: 400 })).toBe(golden('shortened'));
});

test('a conversation over several days names the days', () => {
  const lines = [said('user', 'first try', 86_400 * 2), said('user', 'second try', 30)];
  expect(briefOf(handoff({}, lines))).toBe(golden('days'));
});

test('mark-up of an employee stays words, in the name as in the talk', () => {
  const user = { ...ana, name: 'Ana [code]<script>[/code]', email: 'a@[1:b]' };
  const lines = [said('user', 'see @L[https://evil.example|portal]', 30)];
  const text = briefOf(handoff({ reason: '@M[1|Boss]' }, lines), { user });
  expect(text).not.toMatch(/\[code\]|@[LM]?\[/);
  expect(text.replaceAll('\u200b', '')).toContain('see @L[https://evil.example|portal]');
});

test('one long line is shown as far as it goes', () => {
  const text = briefOf(handoff({}, [said('user', 'x'.repeat(9_000))]), { longest: 500 });
  expect(text.length).toBeGreaterThan(450);
  expect(text.length).toBeLessThanOrEqual(500);
  expect(text).toMatch(/Ana Roja: x{100,}…$/);
});

test('a brief is never longer than it may be, begins with the token and ends with the newest words', () => {
  const lines = fc.array(fc.record({ text: fc.string({ unit: 'grapheme', maxLength: 300 }), bot: fc.boolean() }), {
    maxLength: 40,
  });
  fc.assert(
    fc.property(lines, fc.integer({ min: 300, max: 3_000 }), (spoken, longest) => {
      const transcript = [...spoken.map(({ text, bot }) => said(bot ? 'bot' : 'user', text)), said('user', 'the last')];
      const text = briefOf(handoff({}, transcript), { longest });
      expect(text.length).toBeLessThanOrEqual(longest);
      expect(text.startsWith(`[Teams ${token}] Ana Roja`)).toBe(true);
      expect(text.endsWith('Ana Roja: the last')).toBe(true);
    }),
  );
});

test('kept and left-out lines are all there were', () => {
  const lines = Array.from({ length: 300 }, (_, n) => said('user', `number ${n}`));
  const text = briefOf(handoff({}, lines));
  const leftOut = Number(/\((\d+) earlier lines left out\)/.exec(text)?.[1]);
  const quoted = text.match(/^(About|First asked): number \d+$/gm)?.length ?? 0;
  expect(text.match(/number \d+$/gm)).toHaveLength(300 - leftOut + quoted);
});

test('its first words are known again', () => {
  expect(isOpening(briefOf(handoff()))).toBe(true);
  expect(isOpening('the agent quotes [Teams TC-1] Ana')).toBe(false);
  expect(isOpening('[Teams] hello')).toBe(false);
});

test.each([
  ['the assistant’s summary', { summary: 'VPN', reason: 'asked' }, 'VPN'],
  ['else what the employee said last', { reason: 'asked' }, 'talk to live agent'],
])('a chat is told from others by %s', (_, request, line) => {
  expect(summary(handoff(request, talk))).toBe(line);
});

test('a chat of which only the reason is known is told by it', () => {
  expect(summary(handoff({ reason: 'asked\nfor a person' }))).toBe('asked for a person');
});
