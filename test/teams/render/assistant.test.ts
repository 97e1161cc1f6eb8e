import type { AssistantItem } from '../../../src/conversation/content';
import { isEmpty, renderContent } from '../../../src/teams/render/render';
import { makeTexts } from '../../../src/texts/texts';
import { seenMessage } from '../../support/seen';

const texts = makeTexts();
const render = (item: AssistantItem, repeat = false) =>
  renderContent({ kind: 'assistant', item }, { locale: 'en', texts, repeat });
const seen = (item: AssistantItem) => seenMessage('c', render(item), 0);
const empty = (item: AssistantItem) => isEmpty({ kind: 'assistant', item });
const buttons = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ title: `Choice ${index}`, payload: `/choose{"n":${index}}` }));

describe('text', () => {
  test('is Markdown, as its author wrote it', () => {
    const text = 'Hi **Ada**,\n- [help](https://kb.example/a_b)\n- `code`';
    expect(render({ text })).toEqual({ type: 'message', textFormat: 'markdown', text });
  });

  test.each([
    ['a <b>bold</b> <at>x</at> 1 < 2', 'a &lt;b>bold&lt;/b> &lt;at>x&lt;/at> 1 < 2'],
    ['<script>alert(1)</script>', '&lt;script>alert(1)&lt;/script>'],
    ['<!-- x --><?php', '&lt;!-- x -->&lt;?php'],
    ['see <https://kb.example>', 'see <https://kb.example>'],
    ['[x](javascript:alert(1)) [y]( data:text/html,x)', '[x] (javascript:alert(1)) [y] (data:text/html,x)'],
    ['[mail](mailto:a@b.example)', '[mail](mailto:a@b.example)'],
  ])('%j is sent as %j', (text, sent) => {
    expect(render({ text }).text).toBe(sent);
  });

  test('that is too long for Teams is cut, and says so', () => {
    const body = render({ text: 'x'.repeat(200_000) });
    expect(body.text).toContain('(This message was too long to show all of it.)');
    expect(Buffer.byteLength(JSON.stringify(body), 'utf16le')).toBeLessThan(80_000);
  });
});

describe('buttons', () => {
  test('are a card whose clicks carry a title for people and a payload for the assistant', () => {
    expect(render({ text: 'Sure?', buttons: [{ title: ' Yes ', payload: '/affirm' }] })).toEqual({
      type: 'message',
      summary: 'Sure?',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.hero',
          content: {
            text: 'Sure?',
            buttons: [
              {
                type: 'messageBack',
                title: 'Yes',
                displayText: 'Yes',
                text: '/affirm',
                value: { rasaPayload: '/affirm', title: 'Yes' },
              },
            ],
          },
        },
      ],
    });
  });

  test('under a text with Markdown leave it Markdown', () => {
    const body = render({ text: '**Sure?**', buttons: buttons(2) });
    expect(body).toMatchObject({ text: '**Sure?**', textFormat: 'markdown' });
    expect(seen({ text: '**Sure?**', buttons: buttons(2) }).buttons).toHaveLength(2);
  });

  test.each([1, 6])('up to six stand on a hero card (%i)', (count) => {
    expect(render({ text: 'Which?', buttons: buttons(count) }).attachments).toMatchObject([
      { contentType: 'application/vnd.microsoft.card.hero' },
    ]);
  });

  test.each([7, 25])('more than six are all there, on an Adaptive Card (%i)', (count) => {
    const { attachments } = render({ text: 'Which?', buttons: buttons(count) });
    expect(attachments).toMatchObject([{ contentType: 'application/vnd.microsoft.card.adaptive' }]);
    const message = seen({ text: 'Which?', buttons: buttons(count) });
    expect(message.text).toBe('Which?');
    expect(message.buttons.map(({ title }) => title)).toEqual(buttons(count).map(({ title }) => title));
    expect(message.buttons[3]).toMatchObject({
      text: '/choose{"n":3}',
      value: { rasaPayload: '/choose{"n":3}', title: 'Choice 3' },
    });
  });

  test.each([
    [
      'a link',
      { title: 'Open', type: 'web_url', url: 'https://kb.example/' },
      { title: 'Open', url: 'https://kb.example/' },
    ],
    [
      'a card action that opens',
      { title: 'Open', type: 'openUrl', value: 'https://kb.example/' },
      { url: 'https://kb.example/' },
    ],
    ['a card action that says', { title: 'Say', type: 'imBack', value: 'hello' }, { value: 'hello' }],
    ['a button without payload', { title: 'Yes' }, { text: 'Yes', value: { rasaPayload: 'Yes', title: 'Yes' } }],
    ['a payload that is data', { title: 'A', payload: { a: 1 } }, { text: '{"a":1}' }],
  ])('%s works', (_, button, expected) => {
    expect(seen({ text: 'x', buttons: [button] }).buttons).toMatchObject([expected]);
  });

  test.each([
    { title: 'Open', type: 'openUrl', value: 'javascript:alert(1)' },
    { title: 'Open', type: 'web_url', url: 'file:///etc/passwd' },
    { payload: '/without_title' },
    { title: {} },
  ])('%j is none', (button) => {
    expect(render({ text: 'words', buttons: [button] })).toEqual({
      type: 'message',
      textFormat: 'markdown',
      text: 'words',
    });
  });

  test('with endless titles are shortened', () => {
    expect(seen({ text: 'x', buttons: [{ title: 'y'.repeat(500), payload: '/z' }] }).buttons[0]?.title).toHaveLength(
      80,
    );
  });
});

describe('pictures and links', () => {
  test('a picture by https is a card, with its words', () => {
    expect(render({ text: 'A map', image: 'https://img.example/map.png' }).attachments).toEqual([
      {
        contentType: 'application/vnd.microsoft.card.hero',
        content: { text: 'A map', images: [{ url: 'https://img.example/map.png', alt: 'A map' }] },
      },
    ]);
  });

  test('a picture by http is a link, since Teams would not load it', () => {
    expect(render({ image: 'http://img.example/map.png' }).text).toBe('[Open](http://img.example/map.png)');
  });

  test.each([
    ['an address', 'https://files.example/a (1).pdf', '[Open](https://files.example/a%20%281%29.pdf)'],
    [
      'a video',
      { type: 'video', payload: { src: 'https://v.example/1', title: 'How [to]' } },
      '[How \\[to\\]](https://v.example/1)',
    ],
  ])('an attachment that is %s is a link', (_, attachment, text) => {
    expect(render({ attachment }).text).toBe(text);
  });

  test('a template is cards side by side', () => {
    const elements = [
      {
        title: 'One',
        subtitle: 'a',
        image_url: 'https://img.example/1.png',
        buttons: [{ title: 'Pick', payload: '/pick' }],
      },
      { title: 'Two', default_action: { type: 'web_url', url: 'https://kb.example/2' } },
      { nothing: true },
    ];
    const body = render({ attachment: { type: 'template', payload: { template_type: 'generic', elements } } });
    expect(body).toMatchObject({ attachmentLayout: 'carousel', attachments: [{}, {}] });
    expect(seen({ custom: { elements } }).text).toBe('One\na\nTwo');
    expect(seen({ custom: { elements } }).buttons).toMatchObject([{ title: 'Pick', text: '/pick' }]);
  });
});

describe('custom', () => {
  const card = { type: 'AdaptiveCard', version: '1.4', body: [{ type: 'TextBlock', text: 'Hi' }] };

  test.each([
    ['a card itself', card],
    ['a card in it', { adaptiveCard: card }],
  ])('that is %s is an Adaptive Card', (_, custom) => {
    expect(render({ custom })).toEqual({
      type: 'message',
      attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
    });
  });

  test('in the shape of an activity says what is shown, and nothing else', () => {
    const custom = {
      type: 'message',
      text: 'Hi <at>Boss</at>',
      summary: 'Hi',
      recipient: { id: '29:boss' },
      from: { id: '28:other' },
      conversation: { id: 'a:other' },
      serviceUrl: 'https://evil.example',
      replyToId: '1',
      entities: [{ type: 'mention', text: '<at>Boss</at>', mentioned: { id: '29:boss' } }],
      channelData: { notification: { alert: 'true' }, onBehalfOf: [{ mri: '29:boss' }] },
      suggestedActions: { to: ['29:boss'], actions: [{ type: 'imBack', title: 'A', value: 'A' }] },
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.hero',
          content: { title: 'T' },
          contentUrl: 'https://evil.example',
        },
        { contentType: 'image/png', contentUrl: 'http://169.254.169.254/' },
        { contentType: 'application/octet-stream', contentUrl: 'https://evil.example' },
        'words',
      ],
    };
    expect(render({ custom })).toEqual({
      type: 'message',
      text: 'Hi &lt;at>Boss&lt;/at>',
      textFormat: 'markdown',
      summary: 'Hi',
      attachments: [{ contentType: 'application/vnd.microsoft.card.hero', content: { title: 'T' } }],
      suggestedActions: { actions: [{ type: 'imBack', title: 'A', value: 'A' }] },
      channelData: { notification: { alert: true } },
    });
  });

  test('that is too large for Teams is left out, and says so', () => {
    const body = render({
      text: 'Your report',
      custom: { ...card, body: [{ type: 'TextBlock', text: 'x'.repeat(90_000) }] },
    });
    expect(body.text).toBe('Your report\n\n(A part of this message was too large to show.)');
    expect(body.attachments).toBeUndefined();
  });
});

describe('nothing to show', () => {
  test.each([
    {},
    { text: '' },
    { text: '  \n' },
    { buttons: [] },
    { custom: {} },
    { custom: { type: 'survey', text: 'internal' } },
    { custom: { anything: { deep: 1 } } },
    { image: 'ftp://x' },
    { attachment: 'no address' },
    { attachment: {} },
    { custom: { type: 'message', attachments: [] } },
  ])('is %j', (item) => {
    expect(empty(item)).toBe(true);
  });

  test.each([
    { text: 'a' },
    { image: 'https://x.example/a.png' },
    { custom: { text: 'a' } },
    { buttons: [{ title: 'a' }] },
  ])('is not %j', (item) => {
    expect(empty(item)).toBe(false);
  });

  test('is an agent’s message of blanks, and no notice', () => {
    expect(isEmpty({ kind: 'agent', text: ' \n', row: 'r' as never })).toBe(true);
    expect(isEmpty({ kind: 'notice', notice: { key: 'welcome' } })).toBe(false);
  });
});

test('a repeated card is marked too', () => {
  const body = render({ text: 'Sure?', buttons: buttons(1) }, true);
  expect(body.text).toBe(texts.say('en', 'teams.possible_repeat'));
  expect(body.attachments).toHaveLength(1);
});
