import { startTeamsChannel, type TeamsChannel } from './teams-channel';

let channel: TeamsChannel;

afterEach(() => channel.close());

const post = (text: string, conversation = 'a:1') =>
  channel.sendTo(
    `${channel.serviceUrl}v3/conversations/${encodeURIComponent(conversation)}/activities`,
    { type: 'message', text },
    null,
  );

test('the channel refuses the eighth message of one second in one conversation, and counts it', async () => {
  channel = await startTeamsChannel({ requireToken: false });
  const statuses: number[] = [];
  for (let count = 0; count < 8; count += 1) statuses.push((await post(`${count}`)).status);
  expect(statuses).toEqual([201, 201, 201, 201, 201, 201, 201, 429]);
  expect(channel.connector.rates.tooFast).toBe(1);
  expect(channel.connector.texts('a:1')).toEqual(['0', '1', '2', '3', '4', '5', '6']);
  expect((await post('elsewhere', 'a:2')).status).toBe(201);
});

test('the channel takes no message without a token that it gave', async () => {
  channel = await startTeamsChannel();
  expect((await post('hello')).status).toBe(401);
  expect(channel.connector.texts()).toEqual([]);
});

test('a message can be seen although its answer is lost', async () => {
  channel = await startTeamsChannel({ requireToken: false });
  channel.connector.next({ reset: true, shown: true });
  await expect(post('hello')).rejects.toThrow();
  await channel.connector.until((connector) => connector.texts().includes('hello'));
  expect(channel.connector.calls.map(({ status }) => status)).toEqual(['reset']);
});
