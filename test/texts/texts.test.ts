import fc from 'fast-check';
import { de } from '../../src/texts/de';
import { en, type TextKey } from '../../src/texts/en';
import { prepareMessage } from '../../src/texts/message';
import { makeTexts } from '../../src/texts/texts';

const texts = makeTexts();

describe('the catalogue', () => {
  test('German has exactly the texts that English has', () => {
    expect(Object.keys(de).sort()).toEqual(Object.keys(en).sort());
  });

  test.each(Object.keys(en) as TextKey[])('%s uses the same values in German as in English', (key) => {
    const uses = (text: string, locale: string) => [...prepareMessage(text, locale).uses].sort();
    expect(uses(de[key], 'de')).toEqual(uses(en[key], 'en'));
  });

  test('the sentence for a chat that cannot be located is the agreed one, to the letter (row 20)', () => {
    expect(texts.say('en-US', 'ended_not_located')).toBe(
      'The chat session is closed/could not be located. Please try reconnecting to live agent if you still need help!',
    );
  });

  test.each([
    'ended_by_user',
    'ended_by_agent',
    'ended_by_operator',
    'ended_nobody_came',
    'ended_nobody_wrote',
    'ended_by_error',
  ])('%s says in both languages how to reach a person again', (key) => {
    expect(texts.say('en', key)).toContain('/live_agent');
    expect(texts.say('de', key)).toContain('/live_agent');
  });

  test('who waits in the queue reads how to leave it', () => {
    expect(texts.say('en', 'queued')).toContain('/end_chat');
    expect(texts.say('de', 'queued')).toContain('/end_chat');
  });
});

describe('what is known and what is not', () => {
  test('the queue notice names position and wait only where ServiceNow told', () => {
    const plain =
      'You are in the queue for a live agent. An agent will join you here. To leave at any time, type /end_chat.';
    expect(texts.say('en', 'queued')).toBe(plain);
    expect(texts.say('en', 'queued', { position: 3, wait: '5 minutes' })).toContain(
      'Your position: 3. Estimated wait: 5 minutes.',
    );
    expect(texts.say('en', 'queued', { position: 3 })).not.toContain('wait');
  });

  test('one lost message is named in the singular, several in the plural', () => {
    expect(texts.say('en', 'not_delivered', { count: 1, texts: 'a' })).toMatch(/^This message/);
    expect(texts.say('en', 'not_delivered', { count: 2, texts: 'a\nb' })).toMatch(/^These messages/);
  });

  test('an end without a last-updated time has no line for it', () => {
    expect(texts.say('en', 'ended_by_error', { chat: 'C1', summary: 's', lastUpdated: '' })).not.toContain('updated');
  });
});

describe('language', () => {
  test.each([
    ['de', 'Vielen Dank.'],
    ['de-AT', 'Vielen Dank.'],
    ['de_CH', 'Vielen Dank.'],
    ['DE-de', 'Vielen Dank.'],
    ['en-GB', 'Thank you.'],
    ['fr-FR', 'Thank you.'],
    [undefined, 'Thank you.'],
    ['', 'Thank you.'],
    ['../../etc', 'Thank you.'],
    ['__proto__', 'Thank you.'],
  ])('for %s it is said as "%s"', (locale, expected) => {
    expect(texts.say(locale, 'teams.click_taken')).toBe(expected);
  });

  test("an admin's text for a region is used there, the language's elsewhere", () => {
    const own = makeTexts({ 'de-AT': { 'teams.click_taken': 'Dankschön.' }, fr: { 'teams.click_taken': 'Merci.' } });
    expect(own.say('de-at', 'teams.click_taken')).toBe('Dankschön.');
    expect(own.say('de-DE', 'teams.click_taken')).toBe('Vielen Dank.');
    expect(own.say('fr-CA', 'teams.click_taken')).toBe('Merci.');
    expect(own.say('fr-CA', 'welcome')).toBe(en.welcome);
  });
});

describe('robustness', () => {
  test('a key that nobody knows is said as it is', () => {
    expect(texts.say('en', 'no_such_key')).toBe('no_such_key');
    expect(texts.say('en', 'constructor')).toBe('constructor');
  });

  test('values are data, whatever they hold', () => {
    fc.assert(
      fc.property(
        fc.string().filter((value) => value !== ''),
        (value) => {
          expect(texts.say('en', 'agent_joined', { agent: value })).toBe(
            `${value} has joined the chat. To end the chat, type /end_chat.`,
          );
        },
      ),
    );
    expect(texts.say('en', 'agent_joined', { agent: "{x, select, '' <b>" })).toContain("{x, select, '' <b>");
  });

  test("where an admin's text has no answer for a value, the built-in one speaks", () => {
    const own = makeTexts({ en: { agent_joined: '{agent, select, other {Hello {agent}}}' } });
    expect(own.say('en', 'agent_joined', { agent: 'Jo' })).toBe('Hello Jo');
    expect(own.say('en', 'agent_joined', { agent: 'constructor' })).toContain('constructor');
  });
});
