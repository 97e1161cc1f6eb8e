import { startTeamsChannel, type TeamsChannel } from '../support/teams-channel';
import { receivingSide } from './teams-side';

let channel: TeamsChannel;
let side: ReturnType<typeof receivingSide>;

beforeAll(async () => {
  channel = await startTeamsChannel();
});
afterAll(() => channel.close());
beforeEach(() => {
  side = receivingSide(channel);
});
afterEach(() => side.close());

const receive = (overrides: Record<string, unknown> = {}) =>
  side.adapter.receive(`Bearer ${channel.token()}`, channel.activity(overrides));
/** What was said, as the story hears it. */
const heard = () =>
  side.taken.map(({ event }) => {
    if (event.type !== 'user_spoke') return event.type;
    const { text, payload } = event.message;
    return payload === undefined ? text : { text, payload };
  });

describe('what an employee says', () => {
  test('arrives with who, where, when and which', async () => {
    await receive({ id: '1700000000123', text: 'hello' });
    const from = {
      reference: {
        tenantId: channel.tenantId,
        conversationId: 'a:ada-and-the-bot',
        channelId: 'msteams',
        serviceUrl: channel.serviceUrl,
        bot: { id: `28:${channel.appId}`, name: 'Help desk' },
        user: { id: '29:ada', aadObjectId: '7f3c1b1e-0000-4000-8000-00000000ada0', name: 'Ada Lovelace' },
      },
      user: {
        id: '29:ada',
        aadObjectId: '7f3c1b1e-0000-4000-8000-00000000ada0',
        name: 'Ada Lovelace',
        locale: 'en-GB',
        timezone: 'Europe/London',
        device: 'Web',
      },
    };
    const at = side.time.now;
    expect(side.taken).toEqual([
      {
        key: `${channel.tenantId}/a%3Aada-and-the-bot/29%3Aada`,
        event: { type: 'user_spoke', message: { turn: '1700000000123', text: 'hello', at }, from, at },
        turn: '1700000000123',
      },
    ]);
  });

  test('comes with the files that were sent', async () => {
    const contentType = 'application/vnd.microsoft.teams.file.download.info';
    const downloadUrl = 'https://contoso.sharepoint.com/log.txt?tempauth=x';
    const file = { contentType, name: 'log.txt', content: { downloadUrl } };
    await receive({ id: '17', text: 'see', attachments: [file] });
    const source = { at: 'download', url: downloadUrl };
    const files = [{ id: '17#0', name: 'log.txt', source }];
    expect(side.taken[0]?.event).toMatchObject({ message: { text: 'see', files } });
  });

  test.each([
    ['blanks around it', { text: '  /end_chat \n' }, '/end_chat'],
    [
      'a mention of the bot before it',
      {
        text: '<at>Help desk</at>\u00a0/end_chat',
        entities: [{ type: 'mention', text: '<at>Help desk</at>', mentioned: { id: 'BOT', name: 'Help desk' } }],
      },
      '/end_chat',
    ],
    [
      'a mention of a colleague in it',
      {
        text: '<at>Help desk</at> ask <at>Bob</at>',
        entities: [
          { type: 'mention', text: '<at>Bob</at>', mentioned: { id: '29:bob' } },
          { type: 'mention', text: '<at>Help desk</at>', mentioned: { id: 'BOT' } },
        ],
      },
      'ask <at>Bob</at>',
    ],
    [
      'its rich twin beside it',
      { text: 'hi', attachments: [{ contentType: 'text/html', content: '<b>hi</b>' }] },
      'hi',
    ],
    [
      'a file beside it',
      {
        text: 'see this',
        attachments: [{ contentType: 'application/vnd.microsoft.teams.file.download.info', name: 'log.txt' }],
      },
      'see this',
    ],
    ['nothing but a picture', { text: null, attachments: [{ contentType: 'image/*', contentUrl: 'x' }] }, ''],
    [
      'what was filled in on a card',
      { text: undefined, value: { floor: 3, note: 'loud', msteams: {} } },
      'floor: 3\nnote: loud',
    ],
  ])('is heard with %s', async (_, overrides, text) => {
    const bot = `28:${channel.appId}`;
    const json = JSON.parse(JSON.stringify(overrides).replaceAll('"BOT"', JSON.stringify(bot)));
    expect(await receive({ text: undefined, ...json })).toEqual({ status: 200 });
    expect(heard()).toEqual([text]);
  });

  test.each([
    [
      'our own button',
      { text: '/affirm', value: { rasaPayload: '/affirm', title: 'Yes' } },
      { text: 'Yes', payload: '/affirm' },
    ],
    [
      "an author's own card",
      { text: undefined, value: { payload: '/book', title: 'Book' } },
      { text: 'Book', payload: '/book' },
    ],
    [
      'a card without a title',
      { text: undefined, value: { rasaPayload: '/deny' } },
      { text: '/deny', payload: '/deny' },
    ],
    ['the button for a live agent', { text: '/live_agent', value: { command: '/live_agent' } }, '/live_agent'],
  ])('by %s is a title for people and a payload for the assistant', async (_, overrides, expected) => {
    await receive(overrides);
    expect(heard()).toEqual([expected]);
  });

  test.each([
    ['', {}],
    ['   ', {}],
    [undefined, {}],
    [undefined, { value: {} }],
    [undefined, { value: 'words' }],
    [undefined, { attachments: [{ contentType: 'text/html', content: '<p></p>' }] }],
  ])('is nothing when the text is %p with %j', async (text, overrides) => {
    expect(await receive({ text, ...overrides })).toEqual({ status: 200 });
    expect(heard()).toEqual([]);
  });

  test('in a group leads to one sentence, and not to the assistant', async () => {
    for (const conversationType of ['groupChat', 'channel']) {
      await receive({ conversation: { id: '19:x@thread.v2', conversationType, tenantId: channel.tenantId } });
    }
    expect(heard()).toEqual(['spoke_in_group', 'spoke_in_group']);
  });

  test.each([
    ['en-GB', 'en-GB'],
    [undefined, 'de-DE'],
    ['not a language', 'de-DE'],
    ['x'.repeat(10_000), 'de-DE'],
  ])('with the language %s is answered in %s', async (locale, expected) => {
    await receive({ locale: locale?.slice(0, 20), entities: [{ type: 'clientInfo', locale: 'de-DE' }] });
    expect(side.taken[0]?.event).toMatchObject({ from: { user: { locale: expected } } });
  });
});

describe('the app', () => {
  const add = { type: 'installationUpdate', action: 'add' };
  const remove = { type: 'installationUpdate', action: 'remove' };
  const members = () => ({
    type: 'conversationUpdate',
    membersAdded: [{ id: '29:ada' }, { id: `28:${channel.appId}` }],
  });

  test.each([0, 1])('is greeted for once although Teams tells twice (order %i)', async (order) => {
    const both = order === 0 ? [add, members()] : [members(), add];
    await Promise.all(both.map((activity) => receive(activity)));
    expect(heard()).toEqual(['app_installed']);
  });

  test('is greeted for again when it was removed meanwhile', async () => {
    for (const activity of [add, members(), remove, add]) await receive(activity);
    expect(heard()).toEqual(['app_installed', 'app_uninstalled', 'app_installed']);
  });

  test('is greeted for when the first attempt could not be stored', async () => {
    side.store.trouble = new Error('disk full');
    expect(await receive(add)).toEqual({ status: 503 });
    delete side.store.trouble;
    expect(await receive(members())).toEqual({ status: 200 });
    expect(heard()).toEqual(['app_installed']);
  });

  test.each([
    { type: 'installationUpdate', action: 'add-upgrade' },
    { type: 'installationUpdate', action: 'remove-upgrade' },
    { ...add, conversation: { id: '19:x', conversationType: 'groupChat' } },
    { type: 'conversationUpdate', membersAdded: [{ id: '29:bob' }] },
    { type: 'conversationUpdate', membersRemoved: [{ id: '29:bob' }] },
    { type: 'typing' },
    { type: 'event', name: 'application/vnd.microsoft.readReceipt', value: { lastReadMessageId: '1' } },
    { type: 'endOfConversation' },
    { type: 'somethingNewNextYear', from: undefined, conversation: undefined, id: undefined },
  ])('takes %j and does nothing', async (overrides) => {
    const tenant = { channelData: { tenant: { id: channel.tenantId } } };
    expect(await receive({ ...overrides, ...tenant })).toEqual({ status: 200 });
    expect(heard()).toEqual([]);
  });
});

describe('a click that asks for an answer', () => {
  const click = (action: unknown, more = {}) => ({
    type: 'invoke',
    name: 'adaptiveCard/action',
    replyToId: '1',
    text: undefined,
    value: { action },
    ...more,
  });
  const thanks = { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'Thank you.' };

  test.each([
    [
      { type: 'Action.Execute', data: { rasaPayload: '/yes', title: 'Yes' } },
      { text: 'Yes', payload: '/yes' },
    ],
    [{ type: 'Action.Execute', verb: 'end_chat' }, '/end_chat'],
    [{ type: 'Action.Execute', verb: 'live_agent', data: {} }, '/live_agent'],
    [{ type: 'Action.Execute', verb: 'save', data: { floor: 3 } }, 'floor: 3'],
  ])('%j is heard, then answered', async (action, expected) => {
    expect(await receive(click(action))).toEqual({ status: 200, body: thanks });
    expect(heard()).toEqual([expected]);
  });

  test('is heard once although it is delivered again with a new id (row 11)', async () => {
    const action = { verb: 'x', data: { rasaPayload: '/yes' } };
    const answers = await Promise.all([receive(click(action)), receive(click(action)), receive(click(action))]);
    expect(answers).toEqual([1, 2, 3].map(() => ({ status: 200, body: thanks })));
    expect(heard()).toHaveLength(1);
  });

  test('is heard again a while later, and on another card', async () => {
    const action = { verb: 'x', data: { rasaPayload: '/yes' } };
    await receive(click(action));
    await receive(click(action, { replyToId: '2' }));
    side.time.now += 61_000;
    await receive(click(action));
    expect(heard()).toHaveLength(3);
  });

  test('is not answered with 200 while it is not stored', async () => {
    side.store.trouble = new Error('disk full');
    expect(await receive(click({ verb: 'end_chat' }))).toEqual({ status: 503 });
  });

  test.each([
    { type: 'invoke', name: 'composeExtension/query', value: {} },
    { type: 'invoke', name: 'signin/verifyState', value: { state: '1' } },
    { type: 'invoke' },
    click({ verb: 'unknown' }),
    click(undefined),
    click('words'),
  ])('%j is not known: 501', async (invoke) => {
    expect(await receive(invoke)).toEqual({ status: 501 });
    expect(heard()).toEqual([]);
  });
});

describe('what is no activity', () => {
  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a list', []],
    ['words', 'hello'],
    ['a number', 7],
    ['an empty object', {}],
    ['a type that is empty', { type: '' }],
    ['a type that is a number', { type: 1 }],
  ])('%s is a 400', async (_, body) => {
    expect(await side.adapter.receive(`Bearer ${channel.token()}`, body)).toEqual({ status: 400 });
  });

  test.each([
    { id: undefined },
    { id: '' },
    { id: 7 },
    { id: 'x'.repeat(3_000) },
    { id: '..' },
    { conversation: undefined },
    { conversation: {} },
    { conversation: { id: '..' } },
    { conversation: { id: '\ud800' } },
    { from: undefined },
    { from: { id: null } },
    { from: [] },
    { text: { toString: 'x' } },
    { entities: {} },
    { attachments: 'none' },
  ])('a message with %j is a 400', async (overrides) => {
    expect(await receive(overrides)).toEqual({ status: 400 });
    expect(heard()).toEqual([]);
  });

  test('a bad token is refused before the body is looked at', async () => {
    expect(await side.adapter.receive('Bearer x.y.z', [])).toEqual({ status: 401 });
  });
});

test('a turn that cannot be stored is a 503, so that Teams brings it again (row 43)', async () => {
  side.store.trouble = new Error('no words of mine may be logged');
  expect(await receive()).toEqual({ status: 503 });
  expect(side.lines).toEqual(['turn_refused {"status":503,"reason":"not_stored","error":"Error"}']);
});

test('keys that cannot be had are a 503, so that Teams brings the turn again', async () => {
  channel.authority.outage = 500;
  expect(await receive()).toEqual({ status: 503 });
  channel.authority.outage = undefined;
  expect(heard()).toEqual([]);
});

describe('what an employee changes', () => {
  const change = async (overrides: Record<string, unknown>) => {
    await receive(overrides);
    return side.taken.map(({ event }) => event);
  };

  test('an edit tells what the message says now', async () => {
    const events = await change({
      type: 'messageUpdate',
      id: '17',
      text: 'the house',
      channelData: { eventType: 'editMessage' },
    });
    expect(events).toMatchObject([{ type: 'user_edited', message: { turn: '17', text: 'the house' } }]);
  });

  test('a deletion tells which message is taken back', async () => {
    const events = await change({ type: 'messageDelete', id: '17', channelData: { eventType: 'softDeleteMessage' } });
    expect(events).toMatchObject([{ type: 'user_withdrew', turn: '17' }]);
  });

  test('a reaction is told as people see it', async () => {
    const events = await change({ type: 'messageReaction', replyToId: 'm1', reactionsAdded: [{ type: 'like' }] });
    expect(events).toMatchObject([{ type: 'user_reacted', reaction: '👍' }]);
  });

  test('each change has an id of its own, which a second delivery has again', async () => {
    const edit = { type: 'messageUpdate', id: '17', text: 'x', channelData: { eventType: 'editMessage' } };
    for (const timestamp of ['2026-11-23T10:00:00Z', '2026-11-23T10:00:00Z', '2026-11-23T10:01:00Z'])
      await receive({ ...edit, timestamp });
    const turns = side.taken.map(({ turn }) => turn);
    expect([turns[0] === turns[1], turns[0] === turns[2]]).toEqual([true, false]);
  });
});

describe('the answer to the offer of a file', () => {
  const uploadInfo = { uploadUrl: 'https://contoso.sharepoint.com/up', contentUrl: 'https://contoso.sharepoint.com/a' };
  const asked = { type: 'fileUpload', context: { file: 'f1' } };
  const invoke = (value: object) => ({ type: 'invoke', name: 'fileConsent/invoke', text: undefined, value });

  test('is taken once, and answered', async () => {
    const accepted = invoke({ ...asked, action: 'accept', uploadInfo });
    expect(await receive(accepted)).toEqual({ status: 200 });
    expect(await receive(accepted)).toEqual({ status: 200 });
    expect(side.taken.map(({ event }) => event)).toMatchObject([
      { type: 'file_accepted', file: 'f1', target: uploadInfo },
    ]);
  });

  test('may be no', async () => {
    expect(await receive(invoke({ ...asked, action: 'decline' }))).toEqual({ status: 200 });
    expect(side.taken.map(({ event }) => event)).toMatchObject([{ type: 'file_declined', file: 'f1' }]);
  });
});
