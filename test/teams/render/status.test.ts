import type { ChatStatus } from '../../../src/conversation/content';
import { renderContent } from '../../../src/teams/render/render';
import { makeTexts } from '../../../src/texts/texts';

const texts = makeTexts();
const since = Date.parse('2026-03-02T09:00:00Z') as ChatStatus['since'];
const chat = { chat: 'c1' as ChatStatus['chat'], number: 'CHAT0010427', since };
const render = (status: ChatStatus, locale = 'en') =>
  renderContent({ kind: 'status', status }, { locale, texts, repeat: false });

test.each<[string, ChatStatus]>([
  ['waiting, of which nothing else is known', { ...chat, state: 'waiting' }],
  ['waiting', { ...chat, state: 'waiting', position: 3, wait: '2 Minutes 10 Seconds', waitedMinutes: 4 }],
  ['waiting with the assistant', { ...chat, state: 'waiting', position: 3, meanwhile: true }],
  ['connected', { ...chat, state: 'connected', agent: 'Beth *B* <at>' }],
  ['ended', { ...chat, state: 'ended' }],
])('the card of a chat: %s', (_, status) => {
  expect(render(status)).toMatchSnapshot();
  expect(render(status, 'de')).toMatchSnapshot();
});
