import fc from 'fast-check';
import { makeIsId, makePaths } from '../../src/servicenow/paths';
import { failureOf } from './servicenow-side';

const id = '9ab81b6c4f3a2310b1c7a0f1e2d3c4aa';
const template = '/api/now/connect/conversations/{chat}/messages';
const acme = 'https://acme.service-now.com';
const strict = makePaths(acme, makeIsId('^[0-9a-f]{32}$'));

async function refusalOf(chat: string, fill = strict) {
  return failureOf(Promise.resolve().then(() => fill(template, { chat })));
}

test('an id takes its place in the path', () => {
  expect(strict(template, { chat: id })).toBe(
    `https://acme.service-now.com/api/now/connect/conversations/${id}/messages`,
  );
});

test('a query is encoded', () => {
  expect(strict('/x', {}, { before: 1795183502000, q: 'a^b&c' })).toBe(
    'https://acme.service-now.com/x?before=1795183502000&q=a%5Eb%26c',
  );
});

test('a slash at the end of the instance address does no harm', () => {
  expect(makePaths(`${acme}/`, makeIsId('.*'))('/x')).toBe('https://acme.service-now.com/x');
});

test.each([
  ['another path', `../../table/sys_user`],
  ['a query of its own', `${id}?x=1`],
  ['a fragment', `${id}#`],
  ['a line end', `${id}\n`],
  ['capital letters', id.toUpperCase()],
  ['too few letters', id.slice(1)],
  ['nothing', ''],
])('an id with %s never gets into an address', async (_, chat) => {
  expect(await refusalOf(chat)).toMatchObject({ kind: 'rejected', certain: true });
});

test('an id that is missing is refused', async () => {
  const missing = Promise.resolve().then(() => strict(template));
  expect((await failureOf(missing)).message).toBe('servicenow: the chat is no id that may stand in an address');
});

test.each(['.', '..', '...'])('%s is refused even where the configured pattern allows it', async (chat) => {
  expect(await refusalOf(chat, makePaths(acme, makeIsId('.*')))).toMatchObject({ kind: 'rejected' });
});

test('a pattern without anchors is held against the whole id', async () => {
  const fill = makePaths(acme, makeIsId('[a-z]+'));
  expect(await refusalOf('abc/def', fill)).toMatchObject({ kind: 'rejected' });
  expect(await refusalOf('abc1', fill)).toMatchObject({ kind: 'rejected' });
});

test('whatever an id holds, the address stays on its instance and in its path', () => {
  const fill = makePaths(acme, makeIsId('[^]*'));
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (chat) => {
      let address: URL;
      try {
        address = new URL(fill(template, { chat }));
      } catch (error) {
        expect(error).toMatchObject({ name: 'ApiFailure' });
        return;
      }
      expect(address.host).toBe('acme.service-now.com');
      expect(address.search + address.hash).toBe('');
      expect(address.pathname.split('/')).toHaveLength(7);
      expect(decodeURIComponent(address.pathname.split('/')[5] ?? '')).toBe(chat);
    }),
  );
});
