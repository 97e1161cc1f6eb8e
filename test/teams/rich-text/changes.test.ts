import type { IncomingActivity } from '../../../src/teams/activity';
import { deletionOf, editOf, reactionOf } from '../../../src/teams/rich-text/changes';
import { message } from './teams-message';

const edit = { type: 'messageUpdate', channelData: { eventType: 'editMessage', tenant: { id: 't' } } };
const undelete = { type: 'messageUpdate', channelData: { eventType: 'undeleteMessage' } };
const softDelete = { type: 'messageDelete', channelData: { eventType: 'softDeleteMessage' } };

/** What each of the three readers makes of an activity. */
const read = (activity: IncomingActivity) => [editOf(activity), deletionOf(activity), reactionOf(activity)];

test('an edit tells which message it is and what it says now', () => {
  const activity = message('<p>the <b>second</b> floor</p>', { ...edit, text: 'the second floor' });
  expect(read(activity)).toEqual([
    { kind: 'edited', turn: '1700000000000', words: { text: 'the second floor' } },
    undefined,
    undefined,
  ]);
});

test('an edit without HTML is read from the plain text', () => {
  expect(editOf(message('', { ...edit, text: 'now' }))?.words).toEqual({ text: 'now' });
});

test('an edit that leaves nothing has no words', () => {
  expect(editOf(message('<p>&nbsp;</p>', edit))).toEqual({ kind: 'edited', turn: '1700000000000' });
});

test('a message that is there again is told apart from an edit', () => {
  expect(editOf(message('<p>back</p>', undelete))).toEqual({
    kind: 'restored',
    turn: '1700000000000',
    words: { text: 'back' },
  });
});

test.each([softDelete, { type: 'messageDelete', channelData: undefined }])(
  'a deletion tells which message went: %j',
  (more) => {
    expect(read(message('', more))).toEqual([undefined, { turn: '1700000000000' }, undefined]);
  },
);

test.each([
  ['like', { name: 'like', emoji: '👍' }],
  ['plusOne', { name: 'plusOne', emoji: '👍' }],
  ['heart', { name: 'heart', emoji: '❤️' }],
  ['1f440_eyes', { name: 'eyes', emoji: '👀' }],
  ['2705_whiteheavycheckmark', { name: 'whiteheavycheckmark', emoji: '✅' }],
  ['1f44b_wavinghand-tone3', { name: 'wavinghand', emoji: '👋🏽' }],
  ['1f468-200d-1f4bb_mantechnologist', { name: 'mantechnologist', emoji: '👨‍💻' }],
  ['0041_letter', { name: 'letter' }],
  ['fffff_strange', { name: 'strange' }],
  ['team_party', { name: 'team_party' }],
  ['x'.repeat(5_000), { name: 'x'.repeat(100) }],
])('the reaction %s is %j', (type, reaction) => {
  const activity = message('', { type: 'messageReaction', replyToId: '17', reactionsAdded: [{ type }] });
  expect(read(activity)).toEqual([undefined, undefined, { message: '17', added: [reaction], removed: [] }]);
});

test('reactions come and go in one activity', () => {
  const activity = message('', {
    type: 'messageReaction',
    replyToId: '17',
    reactionsAdded: [{ type: 'heart' }, { type: 'laugh' }],
    reactionsRemoved: [{ type: 'like' }],
  });
  const { added, removed } = reactionOf(activity) ?? {};
  expect([added, removed].map((all) => all?.map(({ emoji }) => emoji))).toEqual([['❤️', '😆'], ['👍']]);
});

test.each<Record<string, unknown>>([
  {},
  { type: 'messageUpdate' },
  { type: 'messageUpdate', channelData: { eventType: 'somethingNew' } },
  { type: 'messageUpdate', channelData: 'editMessage' },
  { ...edit, id: null },
  { ...softDelete, id: null },
  { type: 'messageDelete', channelData: { eventType: 'somethingNew' } },
  { type: 'messageReaction', reactionsAdded: [{ type: 'like' }] },
  { type: 'messageReaction', replyToId: '17' },
  { type: 'messageReaction', replyToId: '17', reactionsAdded: [] },
  { type: 'messageReaction', replyToId: '17', reactionsAdded: [{ type: 7 }] },
  { type: 'messageReaction', replyToId: '17', reactionsAdded: 'like' },
  { type: 'message', channelData: { eventType: 'editMessage' } },
])('%j changes nothing', (more) => {
  expect(read(message('<p>words</p>', more))).toEqual([undefined, undefined, undefined]);
});
