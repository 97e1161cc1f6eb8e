import type { ConversationEvent, Sender } from '../../../src/conversation/events';
import type { Upstream } from '../../../src/conversation/failures';
import { defaultRules, type Rules } from '../../../src/conversation/rules';
import type { ChatId, ConversationKey, FileRef, TurnId } from '../../../src/conversation/types';
import { Breaker } from '../../../src/engine/breaker';
import { makeClock } from '../../../src/engine/clock';
import { makeCouriers } from '../../../src/engine/couriers/couriers';
import { Engine } from '../../../src/engine/engine';
import { guardAssistant, guardDesk, guardFileDesk, guardMessenger } from '../../../src/engine/guarded';
import { type Ownership, soleOwner } from '../../../src/engine/ownership';
import { Pace, type PaceLimits } from '../../../src/engine/pace';
import type { Clock, Log } from '../../../src/engine/ports';
import { Reader } from '../../../src/engine/reader';
import type { ConversationStore } from '../../../src/engine/store';
import { type Trace, untraced } from '../../../src/engine/trace';
import { traced } from '../../../src/engine/traced';
import { MemoryStore } from '../../../src/store/memory';
import { MemoryBlobs } from '../../../src/store/memory-blobs';
import { makeTexts } from '../../../src/texts/texts';
import { makeTranscriptWriter } from '../../../src/texts/transcript';
import { FakeAssistant } from './fake-assistant';
import { FakeClock } from './fake-clock';
import { FakeFiles } from './fake-files';
import { FakeServiceNow } from './fake-servicenow';
import { FakeTeams } from './fake-teams';
import { chance, type Death, Life } from './mortality';

export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} };

const teamsLimits: PaceLimits = {
  perConversation: [
    { count: 7, perMs: 1_000 },
    { count: 8, perMs: 2_000 },
    { count: 60, perMs: 30_000 },
    { count: 1_800, perMs: 3_600_000 },
  ],
  perTenant: { count: 30, perMs: 1_000 },
};

export interface WorldOptions {
  readonly rules?: Partial<Rules>;
  readonly seed?: number;
  readonly store?: ConversationStore;
  readonly log?: Log;
  readonly limits?: PaceLimits;
  readonly ownership?: Ownership;
  readonly trace?: Trace;
}

/** How an employee says something. */
export interface Spoken {
  readonly user?: string;
  readonly turn?: string;
  readonly payload?: string;
  /** The chat to which the clicked button belongs. */
  readonly chat?: string;
  readonly files?: readonly FileRef[];
}

/** The real engine, reader and couriers over a store in memory and fakes with memory; time stands still until it is moved. */
export class World {
  readonly clock = new FakeClock();
  readonly serviceNow = new FakeServiceNow(this.clock);
  readonly assistant = new FakeAssistant();
  readonly teams = new FakeTeams();
  readonly files = new FakeFiles(this.serviceNow);
  readonly blobs = new MemoryBlobs();
  readonly rules: Rules;
  readonly store: ConversationStore;
  engine!: Engine;
  reader!: Reader;
  life = new Life();
  /** Time as the process sees it. */
  private time: Clock = this.clock;
  private sweeping: Promise<void> = Promise.resolve();
  private turns = 0;
  private readonly random: () => number;

  constructor(private readonly options: WorldOptions = {}) {
    this.rules = { ...defaultRules, ...options.rules };
    this.store = options.store ?? new MemoryStore();
    this.random = chance(options.seed ?? 1);
    this.boot();
  }

  /** Starts a process over what is kept. */
  boot(death?: Death, notBefore = 0): void {
    this.life = new Life(death);
    const { rules, random } = this;
    const clock = makeClock(this.clock, notBefore);
    this.time = clock;
    const log = this.options.log ?? silentLog;
    const { ownership = soleOwner, trace = untraced } = this.options;
    const store = mortal(this.store, this.life, ['load', 'due', 'commit', 'noteSend', 'sends', 'watched']);
    const breaker = (upstream: Upstream, throttlesAll: boolean) =>
      new Breaker({ upstream, throttlesAll, clock, log, random });
    const desk = mortal(this.serviceNow, this.life, [
      'open',
      'findOpened',
      'post',
      'findPosted',
      'leave',
      'state',
      'read',
      'glance',
    ]);
    const assistant = mortal(this.assistant, this.life, ['ask', 'lookUp', 'tell']);
    const messenger = mortal(this.teams, this.life, ['show', 'typing', 'profile']);
    const pace = new Pace({ store, clock, ownership, limits: this.options.limits ?? teamsLimits });
    const deskBreaker = breaker('servicenow', true);
    const files = {
      share: mortal(this.files, this.life, ['fetch', 'put']),
      desk: guardFileDesk(mortal(this.files, this.life, ['attach', 'findAttached', 'download']), deskBreaker),
      blobs: mortal(this.blobs, this.life, ['put', 'get', 'drop', 'size']),
    };
    const guarded = {
      assistant: guardAssistant(traced(assistant, 'rasa', trace), breaker('rasa', false)),
      desk: guardDesk(traced(desk, 'servicenow', trace), deskBreaker),
      messenger: guardMessenger(traced(messenger, 'teams', trace), breaker('teams', false)),
    };
    const writeTranscript = makeTranscriptWriter(makeTexts());
    const couriers = makeCouriers({ ...guarded, files, store, pace, clock, log, writeTranscript });
    const engine = new Engine({ store, couriers, pace, ownership, clock, rules, log, trace, random });
    this.engine = engine;
    this.reader = new Reader({
      desk: guarded.desk,
      clock,
      ownership,
      rules,
      log,
      pollMs: 1_000,
      parallel: 4,
      offer: engine.offer.bind(engine),
    });
    this.engine.onChange((conversation) => this.reader.note(conversation));
    this.sweepEvery(engine, 5_000);
  }

  /** What node-cron does in the product. */
  private sweepEvery(engine: Engine, milliseconds: number): void {
    this.clock.after(milliseconds, () => {
      this.sweepEvery(engine, milliseconds);
      this.sweeping = this.life.orDeath(engine.sweep());
    });
  }

  /** Takes up what waits, as a start does. */
  async takeUp(): Promise<void> {
    await this.reader.takeUp(this.store);
    const { engine, reader } = this;
    await this.life.orDeath(engine.resume());
    void reader.firstLook().then(() => engine.sweep());
  }

  /** Kills the process, without a word, and starts another one. */
  async restart(death?: Death): Promise<void> {
    this.life.die();
    this.clock.clear();
    this.boot(death, await this.store.newest());
    await this.takeUp();
  }

  /** An employee writes; resolves when the channel got its answer and everything that can be done now is done. */
  async says(text: string, options: Spoken = {}): Promise<string> {
    const outcome = await this.deliver(text, options);
    await this.settle();
    return outcome;
  }

  /** Only the delivery, without waiting for what follows. */
  deliver(text: string, options: Spoken = {}): Promise<string> {
    this.turns += 1;
    const turn = (options.turn ?? `t${this.turns}`) as TurnId;
    const at = this.time.now();
    const message = {
      turn,
      text,
      at,
      ...(options.payload ? { payload: options.payload } : {}),
      ...(options.files ? { files: options.files } : {}),
      ...(options.chat ? { chat: options.chat as ChatId } : {}),
    };
    return this.happens({ type: 'user_spoke', message, from: sender(options.user), at }, { user: options.user, turn });
  }

  happens(event: ConversationEvent, options: { user?: string; turn?: TurnId } = {}): Promise<string> {
    const { turn } = options;
    return this.engine.offer(keyOf(options.user), event, { turn, correlation: turn ?? 'test' });
  }

  /** Lets everything happen that needs no time. */
  async settle(): Promise<void> {
    for (let calm = 0; calm < 3; calm += 1) {
      await this.sweeping;
      const moment = { over: false };
      await this.life.orDeath(Promise.race([this.engine.idle(), this.aWhile(moment)]));
      moment.over = true;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** What waits for time to pass (words that are let through one by one) is not waited for. */
  private async aWhile(moment: { readonly over: boolean }): Promise<void> {
    for (let turns = 0; turns < 60 && !moment.over; turns += 1) await new Promise((resolve) => setImmediate(resolve));
  }

  /** Lets so many milliseconds pass, with everything that happens in them. */
  async passes(milliseconds: number): Promise<void> {
    const until = this.clock.now() + milliseconds;
    await this.settle();
    while (!this.life.isOver && this.clock.step(until)) await this.settle();
  }

  /** The reader's next looks. */
  async tick(times = 1): Promise<void> {
    await this.passes(times * 1_000);
  }

  async phase(user?: string): Promise<string | undefined> {
    return (await this.store.load(keyOf(user)))?.conversation.phase.name;
  }
}

export function keyOf(user = 'ana'): ConversationKey {
  return `contoso|a:${user}|${user}` as ConversationKey;
}

export function sender(user = 'ana'): Sender {
  return {
    reference: {
      tenantId: 'contoso',
      conversationId: `a:${user}`,
      channelId: 'msteams',
      serviceUrl: 'https://smba.trafficmanager.net/emea/',
      bot: { id: '28:bot' },
      user: { id: user },
    },
    user: { id: user, name: user.toUpperCase(), locale: 'en-GB' },
  };
}

/** The same object, each of whose named methods counts as something the process does, and may be the last. */
function mortal<T extends object>(target: T, life: Life, names: readonly (keyof T & string)[]): T {
  return new Proxy(target, {
    get(object, name) {
      const value = Reflect.get(object, name);
      if (typeof value !== 'function') return value;
      if (!names.includes(name as keyof T & string)) return value.bind(object);
      return (...args: unknown[]) => life.doing(async () => value.apply(object, args));
    },
  });
}
