import { readSince, startOfThread } from '../../../src/conversation/cursor';
import type { ConversationEvent } from '../../../src/conversation/events';
import { defaultRules } from '../../../src/conversation/rules';
import type { Conversation, ConversationKey, Cursor, Instant, LiveChat } from '../../../src/conversation/types';
import { soleOwner } from '../../../src/engine/ownership';
import { Reader } from '../../../src/engine/reader';
import { keyOf, sender, silentLog } from '../../support/world/world';
import { asked, closeAll, closing, opened, startedScripted } from '../servicenow-side';

afterEach(closeAll);

/** `CHATS=1000 npx jest test/servicenow/scripted/many-chats` reads more of them. */
const chatCount = Number(process.env.CHATS ?? 200);

function conversationOf(key: ConversationKey, chat: LiveChat, cursor: Cursor): Conversation {
  const { reference, user } = sender();
  const inChat = { chat, cursor, since: 0 as Instant, lastWordAt: 0 as Instant, posted: [] };
  const phase = { name: 'connected', taken: false, ...inChat } as const;
  return { key, phase, reference, user, said: [], reachable: true, greeted: true };
}

test(`${chatCount} live chats are read by one call a look; each by itself once, when it is new`, async () => {
  const { desk, clock, sim } = await startedScripted();
  const chats: LiveChat[] = [];
  for (let index = 0; index < chatCount; index += 1) chats.push(await opened(desk, asked({ token: `TC-${index}` })));
  const cursors = new Map<string, Cursor>();
  const heard: string[] = [];
  let tell = () => {};
  const offer = async (key: ConversationKey, event: ConversationEvent) => {
    if (event.type !== 'thread_read') return;
    const { fresh, cursor } = readSince(cursors.get(key) ?? startOfThread, event.rows, defaultRules);
    cursors.set(key, cursor);
    heard.push(...fresh.map((row) => row.text));
    const chat = chats.find(({ id }) => id === event.chat);
    if (chat) reader.note(conversationOf(key, chat, cursor));
    tell();
  };
  const parts = { desk, clock, ownership: soleOwner, rules: defaultRules, log: silentLog, offer };
  const reader = new Reader({ ...parts, pollMs: 20, parallel: 8 });
  closing({ close: () => reader.stop() });
  const heardBy = (count: number) =>
    new Promise<void>((resolve) => {
      tell = () => heard.length >= count && resolve();
      tell();
    });
  for (const [index, chat] of chats.entries()) reader.note(conversationOf(keyOf(`u${index}`), chat, startOfThread));
  const said: string[] = [];
  for (let round = 0; round < 10; round += 1) {
    for (const [index, { id }] of chats.entries()) {
      if (index % 10 !== round) continue;
      said.push(`${index}`);
      sim.say(id, { text: `${index}` });
    }
    await heardBy(said.length);
  }
  const gets = sim.journal().filter((entry) => entry.method === 'GET');
  expect([...heard].sort()).toEqual([...said].sort());
  expect(gets.filter((entry) => entry.path.endsWith('/messages'))).toHaveLength(chatCount);
  expect(gets.filter((entry) => !/\/(messages|changes)$/.test(entry.path))).toEqual([]);
});
