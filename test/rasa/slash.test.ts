import fc from 'fast-check';
import type { Instant, TurnId, UserMessage } from '../../src/conversation/types';
import { isRestart, wordsFor } from '../../src/rasa/slash';

function typed(text: string): UserMessage {
  return { turn: 't' as TurnId, text, at: 0 as Instant };
}

test.each([
  ['hello', 'hello'],
  ['  hello ', '  hello '],
  ['1/2 or 3/4', '1/2 or 3/4'],
  ['/restart', '/restart'],
  ['  /RESTART\n', '/restart'],
  ['/restart now', 'restart now'],
  ['/restart{"a":"b"}', 'restart{"a":"b"}'],
  ['/trigger_handoff', 'trigger_handoff'],
  ['//trigger_handoff', 'trigger_handoff'],
  [' / /EXTERNAL_x{"reason":"y"}', 'EXTERNAL_x{"reason":"y"}'],
  ['\x1c/trigger_handoff', 'trigger_handoff'],
  ['/', '/'],
  ['', ''],
])('typed %j is said to the assistant as %j', (text, words) => {
  expect(wordsFor(typed(text))).toBe(words);
});

test('a listed command keeps its slash', () => {
  expect(wordsFor(typed('/Help'), ['/help'])).toBe('/help');
  expect(wordsFor(typed('/restart'), ['/help'])).toBe('restart');
});

test('a button that we showed speaks for itself', () => {
  const payload = ' /inform{"cuisine":"/thai"} ';
  expect(wordsFor({ ...typed('Thai'), payload })).toBe(payload);
  expect(wordsFor({ ...typed('Nothing'), payload: '' })).toBe('');
});

test('no typed text forces an intent on the assistant', () => {
  const blanks = [' ', '\t', '\u00a0', '\x1c', '\x1f', '\x85', '\u2003'];
  const before = fc.array(fc.constantFrom('/', ...blanks));
  fc.assert(
    fc.property(before, fc.stringMatching(/^[a-z_]+(\{"a":"b"\})?$/), (start, intent) => {
      const words = wordsFor(typed(`${start.join('')}/${intent}`));
      const first = [...words].find((character) => !blanks.includes(character));
      expect(words === '/restart' || first !== '/').toBe(true);
    }),
  );
});

test.each([
  ['/restart', true],
  [' /restart{"a":"b"}', true],
  ['/restart@0.9', true],
  ['/restarted', false],
  ['restart', false],
  ['please /restart', false],
])('%j starts the assistant afresh: %s', (words, answer) => {
  expect(isRestart(words)).toBe(answer);
});
