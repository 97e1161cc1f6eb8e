import { RateBuckets } from './rate-buckets';
import { startTeamsChannel, type TeamsChannel } from './teams-channel';

let channel: TeamsChannel | undefined;

afterEach(async () => {
  await channel?.close();
  channel = undefined;
});

function opened(): TeamsChannel {
  if (!channel) throw new Error('no channel was started');
  return channel;
}

const post = (text: string, conversation = 'a:1') =>
  opened().sendTo(
    `${opened().serviceUrl}v3/conversations/${encodeURIComponent(conversation)}/activities`,
    { type: 'message', text },
    null,
  );

test('the eighth send within a second is one too many, the ninth within two, the 61st within thirty', () => {
  const refusedAt = (pauseMs: number) => {
    const buckets = new RateBuckets();
    for (let count = 1; count <= 100; count += 1) if (buckets.take('a:1', count * pauseMs) > 0) return count;
    return undefined;
  };
  expect([refusedAt(100), refusedAt(240), refusedAt(400), refusedAt(600)]).toEqual([8, 9, 61, undefined]);
});

test('the channel refuses what comes too fast, counts it, and shows it to nobody', async () => {
  channel = await startTeamsChannel({ requireToken: false });
  const statuses: number[] = [];
  while (!statuses.includes(429) && statuses.length < 100) statuses.push((await post(`${statuses.length}`)).status);
  expect(statuses.at(-1)).toBe(429);
  expect(channel.connector.rates.tooFast).toBe(1);
  expect(channel.connector.texts('a:1')).toHaveLength(statuses.length - 1);
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
