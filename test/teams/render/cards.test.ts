import type { Content, Notice } from '../../../src/conversation/content';
import { renderContent } from '../../../src/teams/render/render';
import { makeTexts } from '../../../src/texts/texts';

const texts = makeTexts();
const render = (content: Content, locale = 'en') => renderContent(content, { locale, texts, repeat: false });
const buttons = Array.from({ length: 8 }, (_, n) => ({ title: `Choice ${n}`, payload: `/choose${n}` }));
const card = (version?: unknown) => ({ type: 'AdaptiveCard', version, body: [{ type: 'TextBlock', text: 'Hi' }] });
const versionOf = (version: unknown) => {
  const { attachments } = render({ kind: 'assistant', item: { custom: card(version) } });
  return (attachments?.[0]?.content as { version?: unknown } | undefined)?.version;
};

test('more buttons than a hero card shows are a card that can be read out', () => {
  expect(render({ kind: 'assistant', item: { text: 'What is it about?', buttons } })).toMatchSnapshot();
});

test.each([
  ['1.0', '1.0'],
  ['1.5', '1.5'],
  ['1.6', '1.5'],
  ['2.0', '1.5'],
  [undefined, undefined],
])("an author's card of version %s is shown as %s", (given, shown) => {
  expect(versionOf(given)).toBe(shown);
});

const opens = { at: Date.parse('2026-03-02T07:00:00Z'), zone: 'Europe/Berlin' };

test.each<[string, Notice]>([
  ['a closed help desk', { key: 'no_agent_available', reason: 'We are closed' }],
  ['one that opens', { key: 'no_agent_available', opens, takesMessage: true }],
  ['a message that is kept', { key: 'message_kept', opens }],
  ['the assistant meanwhile', { key: 'assistant_meanwhile', chat: 'c1' as never }],
  ['an agent who is there', { key: 'agent_joined', agent: 'Beth', chat: 'c1' as never }],
])('what is said of %s', (_, notice) => {
  expect(render({ kind: 'notice', notice })).toMatchSnapshot();
  expect(render({ kind: 'notice', notice }, 'de')).toMatchSnapshot();
});

test.each(['xx_YY', 'en-a', undefined])('in a language that is called %s the day is told in English', (locale) => {
  const { text } = renderContent(
    { kind: 'notice', notice: { key: 'message_kept', opens } },
    { locale, texts, repeat: false },
  );
  expect(text).toContain('Monday 2026-03-02 08:00 (Europe/Berlin)');
});
