import { eventually, type Product } from '../../support/product';
import type { Fleet } from './fleet';

/** An employee in a live chat, and the agent at the other end. */
export interface Talk {
  readonly user: string;
  readonly chat: string;
  /** The employee says it, to this replica first; resolves when it is taken. */
  say(text: string, first?: Product): Promise<void>;
  /** The agent says it. */
  answer(text: string): void;
  /** What the agent reads of the employee, the first message aside. */
  heard(): string[];
  /** What the employee reads. */
  read(): string[];
}

const agent = 'beth.anglin';

/** Where a talk takes place. */
export type Place = Pick<Fleet, 'teams' | 'serviceNow' | 'deliver'>;

/** Employees ask for an agent and get one, one after the other. */
export async function beginTalks(fleet: Place, users: readonly string[]): Promise<Talk[]> {
  const talks: Talk[] = [];
  for (const user of users) talks.push(await beginTalk(fleet, user));
  return talks;
}

/** An employee asks for an agent and gets one. */
export async function beginTalk(fleet: Place, user: string): Promise<Talk> {
  const { teams, serviceNow } = fleet;
  const conversation = { id: `a:${user}`, conversationType: 'personal', tenantId: teams.tenantId };
  const from = { id: `29:${user}`, name: user };
  const say = (text: string, first?: Product) => fleet.deliver(teams.activity({ text, conversation, from }), first);
  const read = () => teams.connector.texts(conversation.id);
  const known = new Set(serviceNow.chats().map(({ id }) => id));
  await say('/live_agent');
  const { id: chat } = await eventually(() => serviceNow.chats().find(({ id }) => !known.has(id)), 'a chat');
  serviceNow.accept(chat, agent);
  await eventually(() => read().some((text) => /has joined/.test(text)), 'the agent to join');
  return {
    user,
    chat,
    say,
    read,
    answer: (text) => void serviceNow.say(chat, { agent, text }),
    heard: () => {
      const rows = serviceNow.pane(chat).filter((row) => row.author === 'requester');
      return rows.map(({ text }) => text).slice(1);
    },
  };
}

const repeat = /may be a repeat/;

/** What is wrong with what arrived: lost, doubled without a mark, or out of order. */
export function wrongs(said: readonly string[], arrived: readonly string[]): string[] {
  // Several rows may stand in one message: their order in it counts, too.
  const all = arrived.flatMap((line) => line.split(/\s+/));
  const first = said.map((text) => all.indexOf(text));
  const lost = said.filter((_, index) => first[index] === -1).map((text) => `lost: ${text}`);
  const doubled = said
    .filter((text) => arrived.filter((line) => holds(line, text) && !repeat.test(line)).length > 1)
    .map((text) => `doubled: ${text}`);
  const places = first.filter((place) => place !== -1);
  const isInOrder = places.every((place, index) => index === 0 || place > (places[index - 1] ?? 0));
  return [...lost, ...doubled, ...(isInOrder ? [] : [`out of order: ${arrived.join(' | ')}`])];
}

/** Words are numbered: `e12` is not in `e1`. */
export function holds(line: string, text: string): boolean {
  return line.split(/\s+/).includes(text);
}

/** Figures of some durations, milliseconds. */
export function figures(times: readonly number[]): {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
} {
  const sorted = [...times].sort((one, other) => one - other);
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}
