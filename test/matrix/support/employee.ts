import type { Connector } from './connector';
import { eventually } from './eventually';
import type { FarSides } from './far-sides';
import type { Call } from './fault-proxy';

let last = 100;

const agent = 'beth.anglin';
const mark = /This may be a repeat of the message above/;
const ends =
  /You have left the live chat|has closed the live chat|chat has ended|could not be located|no agent was free/;

/** One employee in a conversation and a tenant of her own, and what can be seen of her on all sides. */
export class Employee {
  readonly name: string;
  readonly conversation: string;
  private readonly tenant: string;
  private readonly id: string;

  constructor(
    private readonly sides: FarSides,
    private readonly connector: Connector,
  ) {
    last += 1;
    this.name = `Ana ${last}`;
    this.conversation = `a:ana-${last}`;
    this.id = `29:ana-${last}`;
    this.tenant = sides.nextTenant();
    sides.teams.connector.members.set(this.id, { id: this.id, name: this.name, email: `ana${last}@example.com` });
  }

  /** Types it; what is answered to Teams is always 200. */
  async say(text: string): Promise<void> {
    const { teams, wires } = this.sides;
    const serviceUrl = `${wires.teams.url}/teams/`;
    const activity = teams.activity({
      text,
      serviceUrl,
      from: { id: this.id, name: this.name },
      conversation: { id: this.conversation, conversationType: 'personal', tenantId: this.tenant },
      channelData: { tenant: { id: this.tenant } },
    });
    expect(await this.connector.deliver(activity, teams.authority.sign(serviceUrl))).toBe(200);
  }

  /** Asks for an agent, and Beth takes the chat. */
  toAgent(): Promise<void> {
    return this.sides.few(async () => {
      await this.say('/live_agent');
      await this.isTaken();
    });
  }

  /** Beth takes her chat as soon as there is one. */
  async isTaken(): Promise<void> {
    await eventually(() => this.sides.chatOf(this.name) !== undefined, `a chat of ${this.name}`);
    this.sides.serviceNow.accept(this.chat, agent);
    await eventually(() => this.told(/You are (in the queue|talking to)/).length > 0, `${this.name} to be told so`);
  }

  get chat(): string {
    const chat = this.sides.chatOf(this.name);
    if (chat === undefined) throw new Error(`${this.name} has no chat`);
    return chat;
  }

  /** What ServiceNow holds the chat to be. */
  get state(): string | undefined {
    return this.sides.serviceNow.chats().find(({ id }) => id === this.chat)?.state;
  }

  /** Chats that were opened for her. */
  get chats(): number {
    const { serviceNow } = this.sides;
    return serviceNow.chats().filter(({ id }) => serviceNow.pane(id)[0]?.text.includes(`${this.name} `)).length;
  }

  agentSays(text: string): void {
    this.sides.serviceNow.say(this.chat, { agent, text });
  }

  /** What the agent reads of her, or of the connector in her name, in order; the first message aside. */
  thread(): string[] {
    const rows = this.sides.serviceNow.pane(this.chat).filter((row) => row.author === 'requester');
    return rows.slice(1).map((row) => row.text);
  }

  /** Everything that she reads, in order. */
  reads(): string[] {
    return this.sides.teams.connector.texts(this.conversation);
  }

  /** What she reads of the agent, in order; a repeat with an asterisk. */
  hears(): string[] {
    const { seen } = this.sides.teams.connector;
    const said = seen.filter(({ conversation, activity }) => {
      return conversation === this.conversation && String(activity.text).includes('**Beth Anglin**');
    });
    return said.flatMap(({ text }) => {
      const [, words = ''] = text.split('Beth Anglin\n');
      const repeated = mark.test(text) ? '*' : '';
      return words
        .replace(mark, '')
        .trim()
        .split('\n')
        .map((line) => `${line}${repeated}`);
    });
  }

  told(what: RegExp): string[] {
    return this.reads().filter((text) => what.test(text));
  }

  /** The notices that her chat is over. */
  ends(): string[] {
    return this.told(ends);
  }

  /** The words that she was told did not reach the agent. */
  undelivered(): string[] {
    return this.linesAfter(/^Th(?:is|ese) messages? did not reach/);
  }

  /** The words of which she was told that nobody knows. */
  doubted(): string[] {
    return this.linesAfter(/^I do not know whether th(?:is|ese) messages? reached the agent:/);
  }

  /** What notices list below such a line, up to the next one. */
  private linesAfter(heading: RegExp): string[] {
    const lines: string[] = [];
    for (const notice of this.told(/reach(?:ed)? the agent:/)) {
      let isListed = false;
      for (const line of notice.split(/\n+/).filter((one) => one !== '')) {
        if (line.endsWith('the agent:')) isListed = heading.test(line);
        else if (isListed) lines.push(line);
      }
    }
    return lines;
  }

  /** Calls to ServiceNow that leave her chat. */
  leaves(): number {
    return this.sides.wires.serviceNow.calls.filter(calls.leave(this.chat)).length;
  }

  /** Whatever came before has been said to her when the assistant has answered. */
  async talksToTheAssistant(): Promise<void> {
    await this.say('are you there');
    await eventually(() => this.told(/^I am here$/).length > 0, `the assistant to answer ${this.name}`);
  }

  /** Both sides say one more thing: what was said before has arrived by then, or never will. */
  async talksToTheAgent(words: string, answer: string): Promise<void> {
    await this.say(words);
    this.agentSays(answer);
    const isOver = () => this.ends().length > 0;
    await eventually(() => isOver() || this.thread().includes(words), `${this.name}: ${words}`);
    await eventually(() => isOver() || this.hears().includes(answer), `${this.name} to hear ${answer}`);
  }

  /** One word of each side; hers has arrived when this resolves. */
  async goesOn(turn: number): Promise<void> {
    await this.say(`word ${turn}`);
    this.agentSays(`answer ${turn}`);
    await eventually(() => this.thread().includes(`word ${turn}`), `${this.name}: word ${turn}`);
  }

  /** So many turns went well: every word is there once, in order, on both sides, and nothing is over. */
  async noticedNothing(turns: number): Promise<void> {
    const upTo = (what: string) => Array.from({ length: turns }, (_, index) => `${what} ${index + 1}`);
    await eventually(() => this.hears().includes(`answer ${turns}`), 'the last answer');
    expect(this.thread()).toEqual(upTo('word'));
    expect(this.hears()).toEqual(upTo('answer'));
    expect([...this.undelivered(), ...this.ends()]).toEqual([]);
  }
}

/** The calls to ServiceNow that concern one chat. */
export const calls = {
  post: (chat: string) => (call: Call) =>
    call.method === 'POST' && call.path.endsWith(`/conversations/${chat}/messages`),
  read: (chat: string) => (call: Call) =>
    call.method === 'GET' && call.path.split('?')[0]?.endsWith(`/conversations/${chat}/messages`) === true,
  leave: (chat: string) => (call: Call) => call.path.endsWith(`/support/sessions/${chat}/leave`),
  /** What the queue says of it, by both ways to ask. */
  state: (chat: string) => (call: Call) =>
    call.method === 'GET' && (call.path.includes(`group_id=${chat}`) || call.path.endsWith(`/conversations/${chat}`)),
};
