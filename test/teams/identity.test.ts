import fc from 'fast-check';
import { conversationKey } from '../../src/teams/identity';

const id = fc.string({ unit: 'grapheme' });

test('no two conversations of employees share a key', () => {
  fc.assert(
    fc.property(fc.tuple(id, id, id), fc.tuple(id, id, id), (one, other) => {
      expect(conversationKey(...one) === conversationKey(...other)).toBe(one.every((part, at) => part === other[at]));
    }),
  );
  expect(conversationKey('a/b', 'c', 'd')).not.toBe(conversationKey('a', 'b/c', 'd'));
});
