import { fill } from '../../../src/cli/manifest/template';

test('a placeholder becomes its value, also within a longer text and twice', () => {
  const template = { name: { full: '{{NAME}}: {{NAME}} by {{MAKER}}' }, scopes: ['personal'], files: true, n: null };
  expect(fill(template, { NAME: 'Helpdesk', MAKER: 'IT' })).toEqual({
    name: { full: 'Helpdesk: Helpdesk by IT' },
    scopes: ['personal'],
    files: true,
    n: null,
  });
});

test('a value is text, whatever is in it', () => {
  expect(fill(['{{NAME}}'], { NAME: '"$&", \\ and {{OTHER}}' })).toEqual(['"$&", \\ and {{OTHER}}']);
});

test('what has no value is left out', () => {
  expect(fill({ hosts: ['{{HOST}}', 'a.example'], page: '{{HOST}}' }, { HOST: undefined })).toEqual({
    hosts: ['a.example'],
  });
});

test('a placeholder that nobody knows is an error', () => {
  expect(() => fill({ id: '{{ID}}' }, { NAME: 'x' })).toThrow('there is no value named "ID" for the text "{{ID}}"');
});
