import type { Upstream } from '../../src/conversation/failures';
import type { Rules } from '../../src/conversation/rules';
import type { Instant } from '../../src/conversation/types';
import { Breaker } from '../../src/engine/breaker';
import { makeClock, type TimeSource } from '../../src/engine/clock';
import { makeCouriers } from '../../src/engine/couriers/couriers';
import { Engine } from '../../src/engine/engine';
import { guardAssistant, guardDesk, guardMessenger } from '../../src/engine/guarded';
import { mandateHolds } from '../../src/engine/mandate';
import { type Ownership, soleOwner } from '../../src/engine/ownership';
import { Pace } from '../../src/engine/pace';
import type { Assistant, Clock, Desk, Messenger } from '../../src/engine/ports';
import { Reader } from '../../src/engine/reader';
import type { ConversationStore } from '../../src/engine/store';
import type { FakeAssistant } from '../support/world/fake-assistant';
import type { FakeClock } from '../support/world/fake-clock';
import type { FakeServiceNow } from '../support/world/fake-servicenow';
import type { FakeTeams } from '../support/world/fake-teams';
import { silentLog } from '../support/world/world';
import { Gate } from './gate';
import type { Side } from './history';
import type { Journal } from './journal';
import type { Member, Registry } from './ownership';
import type { SharedStore } from './shared-store';
import { failure, type Troubles } from './troubles';

/** What lies outside all processes, and outlives them. */
export interface Outside {
  readonly clock: FakeClock;
  readonly serviceNow: FakeServiceNow;
  readonly teams: FakeTeams;
  readonly assistant: FakeAssistant;
  readonly troubles: Troubles;
  readonly journal: Journal;
  readonly store: SharedStore;
  readonly registry: Registry;
  readonly rules: Rules;
  readonly random: () => number;
  /** One process alone owns everything, and knows it. */
  readonly isAlone: boolean;
}

const limits = {
  perConversation: [
    { count: 7, perMs: 1_000 },
    { count: 8, perMs: 2_000 },
    { count: 60, perMs: 30_000 },
    { count: 1_800, perMs: 3_600_000 },
  ],
  perTenant: { count: 30, perMs: 1_000 },
};
const beatEveryMs = 500;
/** What a call takes to its far side when its process dies or falls asleep meanwhile: less than anybody waits before looking it up. */
const onTheWayMs = 350;
/** To the store and back: what was answered before a sleep is heard before the answer to a beat that was sent after it. */
const roundTripMs = 2;
const sweepEveryMs = 5_000;
const longestFirstLookMs = 10_000;
const storeCalls = ['load', 'due', 'commit', 'noteSend', 'sends', 'watched'];

/** One process of the connector: the real engine, reader and couriers, put together as the product does. */
export class Process {
  readonly gate = new Gate();
  readonly engine: Engine;
  readonly clock: Clock;
  private readonly reader: Reader;
  private readonly store: ConversationStore;
  private readonly ownership: Ownership;
  private readonly member: Member | undefined;

  constructor(
    private readonly outside: Outside,
    readonly name: string,
    notBefore: Instant,
  ) {
    const { gate } = this;
    const { clock, registry, rules, random, isAlone } = outside;
    const source: TimeSource = {
      // Processes that share a database go by its clock.
      wall: () => (isAlone ? clock.wall() : clock.now()),
      steady: () => clock.steady(),
      after: (ms, ring) => clock.after(ms, () => gate.run(ring)),
    };
    this.clock = makeClock(source, notBefore);
    this.member = isAlone ? undefined : registry.join(name, clock);
    this.ownership = this.member ?? soleOwner;
    this.store = throughGate(outside.store.for(this.member), gate);
    const parts = { clock: this.clock, log: silentLog, random };
    const far = this.farSides();
    const breaker = (upstream: Upstream, throttlesAll: boolean) => new Breaker({ upstream, throttlesAll, ...parts });
    const guarded = {
      assistant: guardAssistant(far.assistant, breaker('rasa', false)),
      desk: guardDesk(far.desk, breaker('servicenow', true)),
      messenger: guardMessenger(far.messenger, breaker('teams', false)),
    };
    const { store, ownership } = this;
    const pace = new Pace({ store, ownership, limits, clock: this.clock });
    const couriers = makeCouriers({ ...guarded, ...parts, store, pace });
    this.engine = new Engine({ ...parts, store, couriers, pace, ownership, rules });
    const offer = this.engine.offer.bind(this.engine);
    this.reader = new Reader({ ...parts, desk: guarded.desk, ownership, rules, pollMs: 1_000, parallel: 4, offer });
    this.engine.onChange((conversation) => this.reader.note(conversation));
    this.shareWork();
  }

  /** Takes up what waits, as a start does; a store that fails just now is tried again. */
  async start(): Promise<void> {
    if (this.member) this.beatOn(this.member);
    if (this.ownership.readsForAll()) await this.reader.takeUp(this.store);
    await this.engine.resume();
    const patience = new Promise<void>((resolve) => void this.clock.after(longestFirstLookMs, resolve));
    await Promise.race([this.reader.firstLook(), patience]);
    this.sweepOn();
  }

  private beatOn(member: Member): void {
    this.clock.after(beatEveryMs, () => {
      member.sayReading();
      const sent = this.outside.clock.now();
      this.clock.after(roundTripMs, () => {
        member.beat(sent);
        this.beatOn(member);
      });
    });
  }

  private sweepOn(): void {
    this.clock.after(sweepEveryMs, () => {
      this.engine.sweep().then(
        () => this.sweepOn(),
        () => this.sweepOn(),
      );
    });
  }

  private shareWork(): void {
    const { ownership, engine, reader, store, gate } = this;
    ownership.onHint((key) =>
      gate.run(() => {
        engine.look(key);
        if (ownership.readsForAll())
          store.load(key).then(
            (stored) => stored && reader.note(stored.conversation),
            () => {},
          );
      }),
    );
    ownership.onReading((reads) => {
      if (!reads) return reader.rest();
      reader.takeUp(store).then(
        () => reader.wake(),
        () => {},
      );
    });
  }

  /** The far sides as this process reaches them: through its gate, and through what is wrong with them now. */
  private farSides(): { assistant: Assistant; desk: Desk; messenger: Messenger } {
    const { serviceNow, teams, assistant } = this.outside;
    return {
      desk: this.reach<Desk>('desk', serviceNow),
      messenger: this.reach<Messenger>('teams', teams),
      assistant: this.reach<Assistant>('assistant', assistant),
    };
  }

  /** A call is made only by who may act, which is asked at the last moment, as the product's one way out does. */
  private reach<T extends object>(side: Side, target: T): T {
    const { troubles, journal } = this.outside;
    const check = () => {
      if (!this.ownership.mayAct() || !mandateHolds()) throw failure(side, 'unreachable', true);
    };
    const late = () => new Promise<void>((resolve) => void this.outside.clock.after(onTheWayMs, resolve));
    return new Proxy(target, {
      get: (object, name) => {
        const value = Reflect.get(object, name);
        if (typeof value !== 'function' || typeof name !== 'string') return value;
        return (...args: unknown[]) =>
          this.gate.outside(
            () => {
              const fault = troubles.of(side, name);
              journal.tried(side, name, args, fault);
              return troubles.suffer(side, fault, async () => {
                journal.happened(side, name, args);
                return value.apply(object, args);
              });
            },
            check,
            late,
          );
      },
    });
  }
}

function throughGate(store: ConversationStore, gate: Gate): ConversationStore {
  return new Proxy(store, {
    get(object, name) {
      const value = Reflect.get(object, name);
      if (typeof name !== 'string' || !storeCalls.includes(name)) return value;
      return (...args: unknown[]) => gate.outside(async () => value.apply(object, args));
    },
  });
}
