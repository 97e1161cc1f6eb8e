import type { Replica } from './fleet';
import type { History, Said, Written } from './history';
import { pause } from './killer';
import { deliver, type Sides } from './sides';

export interface LoadOptions {
  readonly chats: number;
  /** At the least. */
  readonly messages: number;
  /** People go on talking as long as there are processes to be killed. */
  readonly hasMoreToCome: () => boolean;
  /** Between two messages of a chat, at most, milliseconds. */
  readonly longestPauseMs: number;
  readonly random: () => number;
  /** Where the connector finds Teams, as every activity says. */
  readonly serviceUrl: string;
}

/** How many messages an employee and an agent exchange before the chat ends in one of its ways. */
const messagesPerChat = 14;
const longestWaitMs = 90_000;
/** Some chats are ended while words are still under way: their writers are to be told. In the others people read first. */
const abruptEnds = 0.25;
const longestCatchingUpMs = 20_000;
/** What was seen of the chats holds for so long. */
const longestLookMs = 50;

/** What ServiceNow said of its chats at a moment. */
interface Look {
  readonly at: number;
  readonly live: ReadonlySet<string>;
  readonly waiting: ReadonlySet<string>;
}

/** Employees and agents who talk, and remember what they said. */
export class Load {
  readonly said: Said[] = [];
  readonly written: Written[] = [];
  private numbers = 0;
  private over = false;
  private looked: Look = { at: 0, live: new Set(), waiting: new Set() };

  constructor(
    private readonly sides: Sides,
    private readonly replicas: readonly Replica[],
    private readonly options: LoadOptions,
  ) {}

  get isOver(): boolean {
    return this.over;
  }

  async run(): Promise<void> {
    const users = Array.from({ length: this.options.chats }, (_, n) => `u${n}`);
    const { members } = this.sides.teams.connector;
    for (const user of users) members.set(`29:${user}`, { id: `29:${user}`, name: `Person ${user}.` });
    await Promise.all(users.map((user) => this.live(user)));
    this.over = true;
  }

  private get isEnough(): boolean {
    return this.said.length + this.written.length >= this.options.messages && !this.options.hasMoreToCome();
  }

  private async live(user: string): Promise<void> {
    await pause(this.options.random() * 2_000);
    while (!this.isEnough) {
      await this.says(user, `q ${user} ${this.next()}`);
      await this.tells(user, '/live_agent');
      const chat = await this.openChat(user);
      if (!chat) continue;
      if (this.look().waiting.has(chat)) this.sides.serviceNow.accept(chat);
      const before = { said: this.said.length, written: this.written.length, seen: this.seen.length };
      await this.talk(user, chat);
      if (this.options.random() > abruptEnds)
        await this.until(() => this.isCaughtUp(user, chat, before), longestCatchingUpMs);
      await this.endChat(user, chat);
    }
  }

  private async talk(user: string, chat: string): Promise<void> {
    for (let n = 0; n < messagesPerChat && !this.isEnough && this.isLive(chat); n += 1) {
      if (this.options.random() < 0.5) await this.says(user, `w ${user} ${this.next()}`);
      else this.writes(user, chat);
      await pause(this.options.random() * this.options.longestPauseMs);
    }
  }

  private get seen() {
    return this.sides.teams.connector.seen;
  }

  /** Whether both have read what the other said since then. */
  private isCaughtUp(user: string, chat: string, since: { said: number; written: number; seen: number }): boolean {
    const heard = new Set(this.sides.serviceNow.pane(chat).map(({ text }) => text));
    const seen = this.seen.slice(since.seen).filter(({ conversation }) => conversation === `a:${user}`);
    const said = this.said.slice(since.said).filter((one) => one.user === user);
    const written = this.written.slice(since.written).filter((one) => one.user === user);
    return (
      said.every(({ text }) => heard.has(text)) &&
      written.every((one) => seen.some(({ text }) => text.includes(one.text)))
    );
  }

  /** Half of the chats are ended by the employee, half by the agent. */
  private async endChat(user: string, chat: string): Promise<void> {
    if (this.isLive(chat) && this.options.random() < 0.5) this.sides.serviceNow.closeChat(chat);
    else await this.tells(user, '/end_chat');
    await this.until(() => !this.isLive(chat));
    await pause(1_000);
  }

  private writes(user: string, chat: string): void {
    const text = `a ${user} ${this.next()}`;
    const at = Date.now();
    try {
      this.sides.serviceNow.say(chat, { text });
      this.written.push({ user, chat, text, at });
    } catch {
      // The chat has just ended: nobody could write any more.
    }
  }

  /** The channel delivers a turn until it is taken, now and then once more, now and then twice at once. */
  private async says(user: string, text: string): Promise<void> {
    await this.tells(user, text);
    this.said.push({ user, text, at: Date.now() });
  }

  private async tells(user: string, text: string): Promise<void> {
    const { teams } = this.sides;
    const { random, serviceUrl } = this.options;
    const tenant = `tenant-${Number(user.slice(1)) % 8}`;
    const conversation = { id: `a:${user}`, conversationType: 'personal', tenantId: tenant };
    const from = { id: `29:${user}`, name: `Person ${user}.` };
    const channelData = { tenant: { id: tenant } };
    const activity = teams.activity({ text, conversation, from, channelData, serviceUrl });
    for (;;) {
      const times = random() < 0.03 ? 2 : 1;
      const statuses = await Promise.all(Array.from({ length: times }, () => deliver(this.anyUrl(), activity)));
      if (statuses.includes(200)) break;
      await pause(200);
    }
    if (random() < 0.03) void deliver(this.anyUrl(), activity);
  }

  private anyUrl(): string {
    const alive = this.replicas.filter(({ isDead }) => !isDead);
    const chosen = alive[Math.floor(this.options.random() * alive.length)] ?? this.replicas[0];
    return chosen?.product?.url ?? 'http://127.0.0.1:9/';
  }

  private async openChat(user: string): Promise<string | undefined> {
    let found: string | undefined;
    await this.until(() => {
      found = [...this.look().live].find((chat) => this.userOf(chat) === user);
      return found !== undefined;
    });
    return found;
  }

  private readonly users = new Map<string, string>();

  private userOf(chat: string): string {
    const known = this.users.get(chat);
    if (known) return known;
    const brief = this.sides.serviceNow.pane(chat)[0]?.text ?? '';
    const user = /Person (u\d+)\./.exec(brief)?.[1] ?? '';
    if (user !== '') this.users.set(chat, user);
    return user;
  }

  private isLive(chat: string): boolean {
    return this.look().live.has(chat);
  }

  /** The chats that are live: asked for all employees at once, many a time a second is often enough. */
  private look(): Look {
    if (Date.now() - this.looked.at < longestLookMs) return this.looked;
    const chats = this.sides.serviceNow.chats();
    const live = chats.filter(({ state }) => state === 'waiting' || state === 'in_progress');
    const waiting = live.filter(({ state }) => state === 'waiting');
    this.looked = { at: Date.now(), live: idsOf(live), waiting: idsOf(waiting) };
    return this.looked;
  }

  private async until(isSo: () => boolean, longestMs = longestWaitMs): Promise<void> {
    for (const end = Date.now() + longestMs; Date.now() < end && !isSo(); ) await pause(150);
  }

  private next(): number {
    this.numbers += 1;
    return this.numbers;
  }

  /** What the far sides saw. */
  history(): History {
    const { serviceNow, teams, rasa } = this.sides;
    const threads = serviceNow.chats().map(({ id }) => {
      const pane = serviceNow.pane(id);
      const own = pane.filter(({ author }) => author === 'requester').map(({ text }) => text);
      return { chat: id, user: this.userOf(id), ended: !this.isLive(id), rows: own.slice(1), brief: own[0] ?? '' };
    });
    const seen = teams.connector.seen.map(({ conversation, text }) => ({
      user: conversation.replace(/^a:/, ''),
      text,
      repeat: text.includes('may be a repeat'),
    }));
    const asked = rasa
      .requests()
      .flatMap(({ method, path, body }) =>
        method === 'POST' && path.includes('/webhooks/rest') ? [messageOf(body)] : [],
      );
    return { said: this.said, written: this.written, threads, seen, asked };
  }
}

function idsOf(chats: readonly { readonly id: string }[]): ReadonlySet<string> {
  return new Set(chats.map(({ id }) => id));
}

function messageOf(body: string): string {
  try {
    return String((JSON.parse(body) as { message?: string }).message ?? '');
  } catch {
    return '';
  }
}
