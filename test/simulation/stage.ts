import type { ConversationEvent } from '../../src/conversation/events';
import { defaultRules } from '../../src/conversation/rules';
import type { ChatId, TurnId } from '../../src/conversation/types';
import { FakeAssistant } from '../support/world/fake-assistant';
import { FakeClock } from '../support/world/fake-clock';
import { FakeServiceNow } from '../support/world/fake-servicenow';
import { FakeTeams } from '../support/world/fake-teams';
import { chance } from '../support/world/mortality';
import { keyOf } from '../support/world/world';
import type { History } from './history';
import { Journal } from './journal';
import { Registry } from './ownership';
import { type Outside, Process } from './process';
import { SharedStore } from './shared-store';
import { Troubles } from './troubles';

/** The product's own rules, with less patience: nobody waits for hours here, and an outage soon costs a chat. */
const rules = {
  ...defaultRules,
  queueTimeoutMs: 120_000,
  idleTimeoutMs: 180_000,
  retryBudgetMs: 20_000,
  takesMessages: true,
  assistantGreets: true,
};

/** The world of one history: the far sides, the clock, and the processes that live in it. */
export class Stage {
  readonly outside: Outside;
  readonly processes: (Process | undefined)[] = [];
  private births = 0;

  constructor(readonly history: Omit<History, 'steps'>) {
    const clock = new FakeClock();
    const registry = new Registry(clock);
    const serviceNow = new FakeServiceNow(clock);
    const assistant = new FakeAssistant();
    serviceNow.canList = history.lists;
    serviceNow.dropsEarlyWords = history.states && (history.drops ?? false);
    serviceNow.knowsState = history.states;
    assistant.hasRecords = history.records;
    this.outside = {
      clock,
      registry,
      serviceNow,
      assistant,
      rules,
      teams: new FakeTeams(),
      troubles: new Troubles(clock),
      journal: new Journal(clock),
      store: new SharedStore(registry),
      random: chance(history.seed),
      isAlone: history.processes === 1,
    };
  }

  async begin(): Promise<void> {
    for (let place = 0; place < this.history.processes; place += 1) await this.boot(place);
  }

  /** Starts a process in this place over what is kept. */
  async boot(place: number): Promise<void> {
    if (this.processes[place]) return;
    this.births += 1;
    const name = `p${this.births}`;
    const process = new Process(this.outside, name, await this.outside.store.kept.newest());
    this.processes[place] = process;
    process.start().catch(() => this.die(place, 1_000));
    await this.settle();
  }

  /** The process in this place dies, and another one is started after a while. */
  die(place: number, backMs: number): void {
    const process = this.processes[place];
    if (!process) return;
    process.gate.die();
    this.processes[place] = undefined;
    this.outside.journal.count('deaths');
    this.outside.clock.after(backMs, () => void this.boot(place));
  }

  freeze(place: number, forMs: number): void {
    const gate = this.processes[place]?.gate;
    if (gate?.state !== 'alive') return;
    gate.freeze();
    this.outside.journal.count('freezes');
    this.outside.clock.after(forMs, () => gate.thaw());
  }

  /** One attempt of the channel to deliver: resolves with whether it got its 200. */
  deliver(place: number, user: string, turn: string, event: (at: number) => ConversationEvent): Promise<boolean> {
    const process = this.processes[place];
    if (!process) return Promise.resolve(false);
    const { gate, engine, clock } = process;
    return new Promise((resolve) => {
      gate.onDeath(() => resolve(false));
      this.outside.clock.after(15_000, () => resolve(false));
      gate.run(() => {
        engine.offer(keyOf(user), event(clock.now()), { turn: turn as TurnId, correlation: turn }).then(
          () => gate.run(() => resolve(true)),
          () => gate.run(() => resolve(false)),
        );
      });
    });
  }

  /** Somebody ends a chat at this process, if it lives: what comes of it shows. */
  operatorEnds(place: number, user: string, chat: ChatId): void {
    const process = this.processes[place];
    if (!process) return;
    const { gate, engine, clock } = process;
    this.outside.journal.count('ended by an operator');
    gate.run(() => {
      const event = { type: 'operator_ended', chat, at: clock.now() } as const;
      engine.offer(keyOf(user), event, { correlation: `operator:${chat}` }).catch(() => {});
    });
  }

  /** Lets everything happen that needs no time: nothing here takes more than the microtasks of one turn of the event loop. */
  settle(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
  }

  async passes(ms: number): Promise<void> {
    const { clock } = this.outside;
    const until = clock.now() + ms;
    await this.settle();
    while (clock.step(until)) await this.settle();
  }
}
