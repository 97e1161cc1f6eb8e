import type { ChatEnd } from '../../../src/conversation/content';
import { renderContent } from '../../../src/teams/render/render';
import { makeTexts } from '../../../src/texts/texts';
import { seenMessage } from '../../support/seen';

const texts = makeTexts();
const end: ChatEnd = {
  chat: 'c1' as ChatEnd['chat'],
  number: 'CHAT0010427',
  agent: 'Beth *B* <at>x</at>',
  minutes: 12,
  rateable: true,
};
const render = (given: ChatEnd, locale = 'en') =>
  renderContent({ kind: 'notice', notice: { key: 'ended_by_agent', end: given } }, { locale, texts, repeat: false });

test.each<[string, ChatEnd]>([
  ['with an agent', end],
  ['nobody has taken', { chat: end.chat, minutes: 1, rateable: false }],
])('the goodbye to a chat %s', (_, given) => {
  expect(render(given)).toMatchSnapshot();
  expect(render(given, 'de')).toMatchSnapshot();
});

test('every button names the chat, so that a click concerns no other one', () => {
  const { buttons } = seenMessage('c', render(end), 0);
  expect(buttons.map(({ title, value }) => [title, value])).toEqual([
    ['I still need help', { command: '/still_need_help', chat: 'c1' }],
    ['Send me the transcript', { command: '/transcript', chat: 'c1' }],
    ...[1, 2, 3, 4, 5].map((rating) => [`${rating} ★`, { command: `/rate ${rating}`, chat: 'c1' }]),
  ]);
});

test('a transcript is a file that can be accepted', () => {
  const file = { id: 'transcript:c1', name: 'chat-CHAT0010427.txt', type: 'text/plain' };
  expect(renderContent({ kind: 'transcript', file }, { locale: 'en', texts, repeat: false })).toMatchSnapshot();
});
