import { parseTextsFile } from '../../src/texts/texts-file';

test('a good file is taken over, also for a language the product does not have', () => {
  const content = { fr: { queued: 'File: {position, number}{hasWait, select, yes {, {wait}} other {}}' } };
  expect(parseTextsFile(JSON.stringify(content))).toEqual({ ok: true, overrides: content });
});

test('all problems are named at once', () => {
  const content = {
    en: {
      welcom: 'x',
      welcome: 'Hi {',
      queued: 'Wait {position, number} {colour} {hasName}',
      ended_by_user: 'Bye {you}',
    },
    'not a tag': { welcome: 'x' },
  };
  const parsed = parseTextsFile(JSON.stringify(content));
  expect(parsed.ok ? [] : parsed.problems).toEqual([
    'en.welcom: there is no text with this key',
    expect.stringMatching(/^en\.welcome: is not an ICU message \(/),
    'en.queued: uses {colour}, {name}, but it may use {position}, {wait}',
    'en.ended_by_user: uses {you}, but it has no values',
    'not a tag: is not a language tag such as "de" or "fr-CA"',
  ]);
});

test.each([
  ['not json', 'the file: '],
  ['[]', 'the file: '],
  ['{"en":"x"}', 'en: '],
  ['{"en":{"welcome":1}}', 'en.welcome: '],
])('%s is refused with the place of the mistake', (json, place) => {
  const parsed = parseTextsFile(json);
  expect(parsed.ok ? '' : parsed.problems.join()).toContain(place);
});

test.each(['constructor', 'toString'])('the key %s does not exist', (key) => {
  expect(parseTextsFile(`{"en":{"${key}":"x"}}`).ok).toBe(false);
});
