import { itemsSaid } from '../../src/rasa/bot-events';
import type { TrackerEvent } from '../../src/rasa/tracker';

function bot(text: string | undefined, data: Record<string, unknown> = {}): TrackerEvent {
  const empty = { elements: null, quick_replies: null, buttons: null, attachment: null, image: null, custom: null };
  return { event: 'bot', text, data: { ...empty, ...data }, value: undefined, metadata: { utter_action: 'utter_x' } };
}

test('what the bot said comes out of its records as its channel would have given it', () => {
  const buttons = [{ title: 'A', payload: '/a' }];
  const items = itemsSaid([
    { event: 'action', name: 'utter_x', value: undefined, data: undefined, metadata: undefined },
    bot('one\n\ntwo\nlines'),
    bot('not\n\nsplit', { buttons }),
    bot('quick', { quick_replies: buttons, buttons: [] }),
    bot('picture', { image: 'https://example.com/a.png', attachment: 'https://example.com/a.png' }),
    bot(undefined, { custom: { handoff: true }, attachment: { type: 'file' } }),
    bot(undefined, { custom: {}, elements: [{ title: 'T', subtitle: 'S', buttons }] }),
  ]);
  expect(items).toEqual([
    { text: 'one' },
    { text: 'two\nlines' },
    { text: 'not\n\nsplit', buttons },
    { text: 'quick', buttons },
    { text: 'picture' },
    { image: 'https://example.com/a.png' },
    { custom: { handoff: true } },
    { attachment: { type: 'file' } },
    { text: 'T : S', buttons },
  ]);
});

test('a bot that said nothing has no messages', () => {
  expect(itemsSaid([bot(undefined), bot('')])).toEqual([]);
});
