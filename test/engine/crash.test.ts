import type { Settlement } from '../../src/engine/store';
import type { MemoryStore } from '../../src/store/memory';
import { namedIn } from '../support/world/fake-teams';
import { chance } from '../support/world/mortality';
import { keyOf, World } from '../support/world/world';

const users = ['ana', 'bob'] as const;
type User = (typeof users)[number];

interface Sent {
  readonly user: User;
  readonly text: string;
  readonly turn: string;
}

/** What the test itself knows to have happened, to hold against what the far sides saw. */
interface Diary {
  readonly sent: Sent[];
  readonly said: { user: User; text: string }[];
  readonly wishes: User[];
}

/** One life story of two employees, with deaths and lost answers, drawn from a seed. */
class Drama {
  readonly world: World;
  readonly diary: Diary = { sent: [], said: [], wishes: [] };
  deaths = 0;
  private readonly random: () => number;

  constructor(seed: number) {
    this.random = chance(seed);
    this.world = new World({ seed });
    this.world.boot(this.nextDeath());
    const lost = (rate: number) => () => {
      const dice = this.random();
      return dice < rate ? ({ how: dice < rate / 2 ? 'lost_before' : 'lost_after' } as const) : undefined;
    };
    this.world.serviceNow.trouble = lost(0.05);
    this.world.teams.trouble = lost(0.02);
  }

  async play(scenes: number): Promise<void> {
    for (let n = 0; n < scenes; n += 1) await this.scene(n);
    this.world.serviceNow.trouble = () => undefined;
    this.world.teams.trouble = () => undefined;
    for (const user of users) await this.sends(user, '/end_chat', `end-${user}`);
    await this.world.passes(120_000);
    while (this.world.life.isOver) {
      await this.world.restart();
      await this.world.passes(120_000);
    }
  }

  private async scene(n: number): Promise<void> {
    const user = this.random() < 0.5 ? 'ana' : 'bob';
    const dice = this.random();
    if (dice < 0.45) await this.sends(user, `${user} ${n}`, `t${n}`);
    else if (dice < 0.55) await this.sends(user, '/live_agent', `t${n}`);
    else if (dice < 0.6) await this.sends(user, '/end_chat', `t${n}`);
    else if (dice < 0.9) this.agentSays(user, n);
    else if (dice < 0.93) this.chatOf(user) && this.world.serviceNow.close('Beth', this.chatOf(user));
    else if (dice < 0.97) await this.sends(user, '/ask_assistant', `t${n}`);
    else await this.sends(user, '/back_to_agent', `t${n}`);
    await this.pass(this.random() < 0.5 ? 0 : this.random() * 4_000);
  }

  private agentSays(user: User, n: number): void {
    const chat = this.chatOf(user);
    if (!chat) return;
    this.world.serviceNow.accept(chat);
    const text = `agent to ${user} ${n}`;
    this.world.serviceNow.say('Beth', text, { chat });
    this.diary.said.push({ user, text });
  }

  private chatOf(user: User) {
    return this.world.serviceNow.chats.find((chat) => chat.request.user.id === user && chat.state !== 'ended');
  }

  /** The channel delivers again until it gets its answer, and now and then once more. */
  private async sends(user: User, text: string, turn: string): Promise<void> {
    if (text === '/live_agent' || text === '/back_to_agent') this.diary.wishes.push(user);
    if (!text.startsWith('/')) this.diary.sent.push({ user, text, turn });
    for (let answered = false; !answered; ) {
      const delivery = this.world.deliver(text, { user, turn }).then(() => true);
      answered = await Promise.race([delivery, this.world.life.died.then(() => false)]);
      if (!answered) await this.rise();
    }
    if (this.random() < 0.1) await Promise.race([this.world.deliver(text, { user, turn }), this.world.life.died]);
    await this.pass(0);
  }

  private async pass(milliseconds: number): Promise<void> {
    await this.world.passes(milliseconds);
    if (this.world.life.isOver) await this.rise();
  }

  private async rise(): Promise<void> {
    this.deaths += 1;
    await this.world.restart(this.nextDeath());
    if (this.world.life.isOver) await this.rise();
  }

  private nextDeath() {
    return { at: 1 + Math.floor(this.random() * 60), when: this.random() < 0.5 ? 'before' : 'after' } as const;
  }
}

/** Everything that the far sides saw, against what was said to the connector. */
function judge({ world, diary }: Drama): string[] {
  const faults: string[] = [];
  const missing: string[] = [];
  const { serviceNow, assistant, teams } = world;
  const threads = serviceNow.chats.map((chat) => serviceNow.posted(chat).filter((text) => !text.startsWith('<')));
  const posted = threads.flat();
  for (const { user, text } of diary.sent) {
    const inThreads = posted.filter((other) => other === text).length;
    const asked = assistant.asked.filter((other) => other === text).length;
    if (inThreads + asked > 1) faults.push(`${text}: ${inThreads} times in threads, asked ${asked} times`);
    const seen = teams.shown.filter((one) => one.user === user).map((one) => one.content);
    const named = seen.some(
      (c) => c.kind === 'notice' && c.notice.key === 'not_delivered' && namedIn(c.notice).includes(text),
    );
    const inBrief = serviceNow.chats.some((chat) => chat.request.handoff.transcript.some((line) => line.text === text));
    const inNote = serviceNow.notices.some(
      (one) => one.key === 'said_meanwhile' && one.lines.some((line) => line.text === text),
    );
    const resend = seen.some((c) => c.kind === 'notice' && c.notice.key === 'please_send_again');
    if (inThreads + asked === 0 && !named && !inBrief && !inNote && !resend) missing.push(text);
  }
  for (const [index, thread] of threads.entries()) {
    const owner = serviceNow.chats[index]?.request.user.id ?? '';
    const order = thread.map((text) => Number(text.split(' ')[1]));
    if (order.some((n, at) => at > 0 && n <= (order[at - 1] ?? 0))) faults.push(`out of order: ${thread.join(', ')}`);
    if (thread.some((text) => !text.startsWith(owner))) faults.push(`crossed: ${thread.join(', ')}`);
  }
  faults.push(...judgeShown(diary, world, missing), ...judgeEnds(diary, world));
  const doubtful = users.flatMap((user) => (world.store as MemoryStore).ledgerOf(keyOf(user))).filter(isDoubtfulSend);
  if (missing.length > doubtful.length) faults.push(`lost: ${missing.join(', ')}`);
  return faults;
}

/** A send to Teams is repeated once; when both attempts end in doubt the ledger says so, and that is all that may be missing. */
function isDoubtfulSend({ outcome, detail }: Settlement): boolean {
  return outcome === 'unknown' && detail === 'unreachable';
}

function judgeShown({ said }: Diary, { teams, serviceNow, assistant }: World, missing: string[]): string[] {
  const faults: string[] = [];
  const before = new Map(serviceNow.chats.map((chat) => [chat, chat.rows.findIndex((row) => row.author === 'system')]));
  for (const { user, text } of said) {
    const seen = teams.shown.filter((one) => one.text === text);
    if (seen.some((one) => one.user !== user)) faults.push(`${text}: shown to another`);
    if (seen.filter((one) => !one.repeat).length > 1 || seen.length > 2)
      faults.push(`${text}: shown ${seen.length} times`);
    const chat = serviceNow.chats.find((other) => other.rows.some((row) => row.text === text));
    const end = chat ? (before.get(chat) ?? -1) : -1;
    // A chat that came about after its employee had given up waiting is left without a word.
    const wasTaken = assistant.news.some(({ news }) => news.event === 'chat_started' && news.chat === chat?.live.id);
    const place = chat?.rows.findIndex((row) => row.text === text) ?? 0;
    if (seen.length === 0 && wasTaken && (end === -1 || place < end)) missing.push(text);
  }
  for (const chat of serviceNow.chats) {
    const texts = new Set(chat.rows.map((row) => row.text));
    const order = teams.shown
      .filter((one) => texts.has(one.text) && one.content.kind === 'agent' && !one.repeat)
      .map((one) => Number(one.text.split(' ').at(-1)));
    if (order.some((n, at) => at > 0 && n <= (order[at - 1] ?? 0)))
      faults.push(`agent out of order in ${chat.live.number}: ${order}`);
  }
  return faults;
}

function judgeEnds({ wishes }: Diary, { teams, serviceNow }: World): string[] {
  const faults: string[] = [];
  for (const chat of serviceNow.chats) if (chat.leaves === 0) faults.push(`${chat.live.number} was never left`);
  for (const user of users) {
    const handoffs = serviceNow.chats.filter((chat) => chat.request.user.id === user).map((chat) => chat.live.handoff);
    if (new Set(handoffs).size < handoffs.length) faults.push(`${user}: two chats for one hand-off: ${handoffs}`);
    const shown = teams.shown.filter((one) => one.user === user && /^\[ended_/.test(one.text));
    const ends = new Set(shown.map((one) => one.correlation)).size;
    const connecting = wishes.filter((other) => other === user).length;
    if (ends > connecting) faults.push(`${user}: ${ends} end notices for ${connecting} hand-offs`);
  }
  return faults;
}

const runs = Number(process.env.CRASH_RUNS ?? 1_000);
const first = Number(process.env.CRASH_SEED ?? 1);

test(`${runs} lives with deaths at random writes and calls: each word once, in order, to the right person`, async () => {
  let deaths = 0;
  for (let seed = first; seed < first + runs; seed += 1) {
    const drama = new Drama(seed);
    await drama.play(18);
    deaths += drama.deaths;
    const faults = judge(drama);
    if (faults.length > 0) throw new Error(`seed ${seed} (CRASH_SEED=${seed} CRASH_RUNS=1):\n${faults.join('\n')}`);
    expect(await drama.world.phase()).not.toBe('closing');
    expect(await drama.world.store.load(keyOf('nobody'))).toBeUndefined();
  }
  expect(deaths).toBeGreaterThan(runs);
}, 240_000);
