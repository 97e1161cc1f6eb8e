import type { Notice } from '../../../src/conversation/content';
import { renderContent } from '../../../src/teams/render/render';
import { makeTexts } from '../../../src/texts/texts';
import { seenMessage } from '../../support/seen';

const texts = makeTexts();
const render = (notice: Notice, locale = 'en', repeat = false) =>
  renderContent({ kind: 'notice', notice }, { locale, texts, repeat });
const seen = (notice: Notice, locale?: string) => seenMessage('c', render(notice, locale), 0);
const sentence =
  'The chat session is closed/could not be located. Please try reconnecting to live agent if you still need help!';

test('the agreed sentence is the whole text of its message', () => {
  expect(render({ key: 'ended_not_located' }).text).toBe(sentence);
});

test.each([
  'ended_by_user',
  'ended_by_agent',
  'ended_by_operator',
  'ended_nobody_came',
  'ended_nobody_wrote',
  'ended_not_located',
  'assistant_unavailable',
  'assistant_offer_agent',
  'open_failed',
] as const)('with %s a live agent is one click away', (key) => {
  expect(seen({ key }).buttons).toEqual([
    { title: 'Talk to a live agent', text: '/live_agent', value: { command: '/live_agent' } },
  ]);
  expect(seen({ key }, 'de').buttons[0]?.title).toBe('Mit einem Menschen sprechen');
});

test('who waits in the queue can leave it by one click', () => {
  expect(seen({ key: 'queued', position: 2 }).buttons).toEqual([
    { title: 'End chat', text: '/end_chat', value: { command: '/end_chat' } },
  ]);
});

test.each(['welcome', 'connecting', 'held_for_agent', 'no_chat_to_end', 'personal_chat_only'] as const)(
  '%s is words alone',
  (key) => {
    expect(seen({ key }).buttons).toEqual([]);
  },
);

test('the end by an error names summary, chat and time, each on a line of its own', () => {
  const notice = {
    key: 'ended_by_error',
    summary: 'VPN *down*',
    chat: 'CHAT0010427',
    lastUpdated: '2026-01-02 03:04:05',
  } as const;
  expect(render(notice).text).toBe(
    'Sorry, the connection to the live agent was lost and the chat has ended. To reconnect, type /live_agent.\n\n' +
      'Chat: CHAT0010427  \nAbout: VPN \\*down\\*  \nLast updated: 2026-01-02 03:04:05 UTC',
  );
});

test('what ServiceNow and people wrote is never mark-up in a notice', () => {
  expect(render({ key: 'no_agent_available', reason: '[open](https://e.example) <b>9-5</b>' }).text).toContain(
    '\\[open\\](https://e.example) &lt;b&gt;9-5&lt;/b&gt;',
  );
  expect(render({ key: 'agent_joined', agent: '{agent} <at>x</at>' }).text).toContain('{agent} &lt;at&gt;x&lt;/at&gt;');
});

test('every message that did not arrive is named', () => {
  const body = seen({ key: 'not_delivered', texts: ['one\nline two', 'two *bold*'] });
  expect(body.text).toBe('These messages did not reach the agent:\n\none\nline two\n\ntwo *bold*');
});

test('what perhaps arrived is told from what did not', () => {
  const both = seen({ key: 'not_delivered', texts: ['one'], unsure: ['two', 'three'] });
  expect(both.text).toBe(
    'This message did not reach the agent:\n\none\n\nI do not know whether these messages reached the agent:\n\ntwo\n\nthree',
  );
  const doubt = seen({ key: 'not_delivered', texts: [], unsure: ['two'] });
  expect(doubt.text).toBe('I do not know whether this message reached the agent:\n\ntwo');
  expect(seen({ key: 'not_delivered', texts: [], unsure: ['zwei'] }, 'de').text).toBe(
    'Ich weiß nicht, ob diese Nachricht angekommen ist:\n\nzwei',
  );
});

test('many long messages that did not arrive are named by their beginnings, under Teams’ size', () => {
  const long = Array.from({ length: 200 }, (_, index) => `${index} ${'<'.repeat(20_000)}`);
  const body = render({ key: 'not_delivered', texts: long });
  expect(Buffer.byteLength(JSON.stringify(body), 'utf16le')).toBeLessThan(80_000);
  const both = render({ key: 'not_delivered', texts: long, unsure: long });
  expect(Buffer.byteLength(JSON.stringify(both), 'utf16le')).toBeLessThan(80_000);
  expect(seen({ key: 'not_delivered', texts: ['x'.repeat(20_000), 'the second'] }).text).toContain('the second');
});

test('a repeated notice is marked', () => {
  expect(render({ key: 'connecting' }, 'de', true).text).toMatch(
    /^_\(Diese Nachricht ist möglicherweise eine Wiederholung/,
  );
});
