import fc from 'fast-check';
import type { ConversationKey } from '../../src/conversation/types';
import { canStandInPath, senderFor } from '../../src/rasa/sender';
import { conversationKey } from '../../src/teams/identity';

const keys = fc.string({ unit: 'binary' }).map((text) => text as ConversationKey);

test('every conversation has a name of its own that can stand in a path, and keeps it', () => {
  fc.assert(
    fc.property(keys, keys, (one, other) => {
      expect(senderFor(one)).toMatch(/^teams-[A-Za-z0-9_-]{32}$/);
      expect(canStandInPath(senderFor(one))).toBe(true);
      expect(senderFor(one)).toBe(senderFor(`${one}` as ConversationKey));
      expect(senderFor(one) === senderFor(other)).toBe(one === other);
    }),
  );
});

test('a name stays what it is from release to release', () => {
  const key = conversationKey('tenant', 'a:chat', '29:user');
  expect(senderFor(key)).toBe('teams-IWKxa2e0Uu8D1jvLGLr9ypnuspiwLVBR');
});

test("the user's own id can be the name, so that the records of Rasa's Bot Framework channel go on", () => {
  const key = conversationKey('tenant', '19:meeting@thread.v2;messageid=1/2', '29:1x-Y_z/Ü');
  expect(senderFor(key, 'from.id')).toBe('29:1x-Y_z/Ü');
  expect(senderFor(conversationKey('tenant', 'a:other', '29:1x-Y_z/Ü'), 'from.id')).toBe('29:1x-Y_z/Ü');
});

test('any key has a name, also where the user id is wanted and cannot be read', () => {
  fc.assert(
    fc.property(keys, (key) => {
      expect(senderFor(key, 'from.id')).not.toBe('');
    }),
  );
  expect(senderFor('100%' as ConversationKey, 'from.id')).toMatch(/^teams-/);
});

test.each(['', '.', '..', 'a/b', '29%3A1', 'a b', 'ä', 'a?b', 'a#b'])('%j never becomes part of a path', (sender) => {
  expect(canStandInPath(sender)).toBe(false);
});
