import fc from 'fast-check';
import type { ConversationReference, Employee, TurnId } from '../../src/conversation/types';
import { senderFor } from '../../src/rasa/sender';
import { conversationKey } from '../../src/teams/identity';
import { rowsOf } from '../support/world/fake-teams';
import { World } from '../support/world/world';

const deliveries = Number(process.env.ISOLATION_DELIVERIES ?? 4_000);
const tenants = 5;
const chatsOfTenant = 100;
const round = 1_000;

interface Person {
  readonly label: string;
  readonly reference: ConversationReference;
  readonly user: Employee;
}

/** Every id of hers is somebody else's in each of the other tenants. */
function person(tenant: number, number: number): Person {
  const tenantId = `tenant-${tenant}`;
  const id = `29:user-${number}`;
  const reference = {
    tenantId,
    conversationId: `a:chat-${number}`,
    channelId: 'msteams',
    serviceUrl: 'https://smba.trafficmanager.net/emea/',
    bot: { id: '28:bot' },
    user: { id },
  };
  const label = `<${tenant}.${number}>`;
  return { label, reference, user: { id, name: label, locale: 'en-GB' } };
}

const keyOf = ({ reference, user }: Person) => conversationKey(reference.tenantId, reference.conversationId, user.id);
const people = Array.from({ length: tenants * chatsOfTenant }, (_, at) =>
  person(at % tenants, Math.floor(at / tenants)),
);

/** A small generator: the same deliveries in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

class Town {
  readonly world = new World({
    limits: { perConversation: [], perTenant: { count: 1e9, perMs: 1 } },
    rules: { queueTimeoutMs: 0, idleTimeoutMs: 0 },
  });
  /** What was shown to whom. */
  readonly shown: (readonly [string, string])[] = [];
  private readonly counts = new Map<Person, number>();

  constructor() {
    this.world.teams.show = async ({ reference, user }, content) => {
      const to = people.find((one) => one.reference.tenantId === reference.tenantId && one.user.id === user.id);
      for (const one of rowsOf(content)) if (one.kind === 'agent') this.shown.push([to?.label ?? 'nobody', one.text]);
      return `activity-${this.shown.length}`;
    };
  }

  says(from: Person, text: string): Promise<unknown> {
    const at = this.world.clock.now();
    // Ids of activities are the same in all chats, too.
    const count = (this.counts.get(from) ?? 0) + 1;
    this.counts.set(from, count);
    const turn = `turn-${count}` as TurnId;
    const event = { type: 'user_spoke', message: { turn, text, at }, from, at } as const;
    return this.world.engine.offer(keyOf(from), event, { turn, correlation: turn });
  }
}

test('no two of tenant, conversation and user have one key, whatever the ids hold', () => {
  const id = fc.oneof(
    fc.constantFrom('a', 'b', '/', '|', '%2F', '', 'a/b', '..'),
    fc.string({ unit: 'grapheme', maxLength: 4 }),
  );
  const triple = fc.tuple(id, id, id);
  fc.assert(
    fc.property(triple, triple, (one, other) => {
      const [first, second] = [conversationKey(...one), conversationKey(...other)];
      const same = one.every((part, at) => part === other[at]);
      expect(first === second).toBe(same);
      expect(senderFor(first) === senderFor(second)).toBe(same);
    }),
    { numRuns: 2_000 },
  );
});

test(`${deliveries} deliveries in disorder over 500 chats of 5 tenants, all with each other's ids: none is crossed, none lost`, async () => {
  const town = new Town();
  const { world } = town;
  await Promise.all(people.map((one) => town.says(one, 'live agent please')));
  await world.tick(3);
  const { chats } = world.serviceNow;
  expect(chats).toHaveLength(people.length);
  const chatOf = new Map(chats.map((chat) => [chat.request.user.name, chat]));
  for (const chat of chats) world.serviceNow.accept(chat);
  await world.tick();
  const chance = random(7);
  const sent = { words: 0, answers: 0 };
  for (let done = 0; done < deliveries; done += round) {
    const offers: Promise<unknown>[] = [];
    for (let each = 0; each < Math.min(round, deliveries - done); each += 1) {
      const one = people[Math.floor(chance() * people.length)] as Person;
      if (chance() < 0.5) {
        sent.answers += 1;
        world.serviceNow.say('Beth', `answer ${done + each} to ${one.label}`, { chat: chatOf.get(one.label) });
      } else {
        sent.words += 1;
        offers.push(town.says(one, `word ${done + each} of ${one.label}`));
      }
    }
    await Promise.all(offers);
    await world.tick(2);
  }
  await world.tick(15);
  const crossed = chats.flatMap((chat) =>
    world.serviceNow.posted(chat).filter((text) => !text.endsWith(` of ${chat.request.user.name}`)),
  );
  expect(crossed).toEqual([]);
  expect(town.shown.filter(([to, text]) => !text.endsWith(` to ${to}`))).toEqual([]);
  expect(chats.reduce((sum, chat) => sum + world.serviceNow.posted(chat).length, 0)).toBe(sent.words);
  expect(town.shown).toHaveLength(sent.answers);
  expect(new Set(town.shown.map(([, text]) => text)).size).toBe(sent.answers);
}, 7_200_000);
