import type { ConversationKey, Instant } from '../../src/conversation/types';
import type { Fence, Ownership } from '../../src/engine/ownership';
import type { Change } from '../../src/engine/store';
import type { FakeClock } from '../support/world/fake-clock';

const leaseMs = 2_000;
/** So much of a lease a process makes use of by its own clock. */
const usableMs = leaseMs * 0.8;

interface Holding {
  owner: string | undefined;
  fence: Fence;
}

/** What processes that share a store know of each other: who lives, who owns which conversation, who reads for all. */
export class Registry {
  /** How often a conversation went from one process to another that was not its successor. */
  handovers = 0;
  fenced = 0;
  private readonly beats = new Map<string, number>();
  private readonly holdings = new Map<ConversationKey, Holding>();
  private readonly pending = new Map<ConversationKey, Set<number>>();
  private readonly live = new Map<ConversationKey, string | undefined>();
  private readonly members = new Map<string, Member>();
  private reader: string | undefined;

  constructor(private readonly clock: FakeClock) {}

  join(name: string, local: { readonly now: () => Instant }): Member {
    const member = new Member(name, this, local);
    this.members.set(name, member);
    member.beat(local.now());
    return member;
  }

  lives(name: string | undefined): boolean {
    return name !== undefined && (this.beats.get(name) ?? Number.NEGATIVE_INFINITY) + leaseMs > this.clock.now();
  }

  get living(): number {
    return [...this.beats.keys()].filter((name) => this.lives(name)).length;
  }

  /** Whether it lived until now, and whether it reads for all. */
  beaten(name: string): { readonly lived: boolean; readonly reads: boolean } {
    const lived = this.lives(name);
    this.beats.set(name, this.clock.now());
    if (!this.lives(this.reader)) this.reader = name;
    return { lived, reads: this.reader === name };
  }

  claim(key: ConversationKey, name: string): Fence | undefined {
    const holding = this.holdingOf(key);
    if (holding.owner !== name && this.lives(holding.owner)) return undefined;
    if (holding.owner !== name) this.pass(holding, name);
    return holding.fence;
  }

  /** What belonged to processes that live no more. */
  takeOver(name: string): ConversationKey[] {
    const orphans = [...this.holdings].filter(([, { owner }]) => owner !== undefined && !this.lives(owner));
    for (const [, holding] of orphans) this.pass(holding, name);
    return orphans.map(([key]) => key);
  }

  isLeftTo(key: ConversationKey, name: string): boolean {
    const { owner } = this.holdingOf(key);
    return owner === name || !this.lives(owner);
  }

  /** What only the owner may write is refused to others; what is about to be done needs a lease that holds. */
  refuses({ key, fence, put }: Change, name: string): boolean {
    if (fence === undefined) return false;
    const holding = this.holdingOf(key);
    const begins = put.some(({ state }) => state === 'in_flight');
    const isOurs = holding.owner === name && holding.fence === fence && (!begins || this.lives(name));
    if (!isOurs) this.fenced += 1;
    return !isOurs;
  }

  /** A change was kept: a conversation without work is nobody's, work without a living owner is taken by who brought it. */
  kept({ key, put, settle, conversation }: Change, name: string): void {
    const work = this.pending.get(key) ?? new Set<number>();
    this.pending.set(key, work);
    for (const { seq } of put) work.add(seq);
    for (const { seq } of settle) work.delete(seq);
    const holding = this.holdingOf(key);
    if (work.size === 0) holding.owner = undefined;
    else if (holding.owner !== name && !this.lives(holding.owner) && this.lives(name)) this.pass(holding, name);
    else if (put.length > 0 && holding.owner !== name) this.hint(holding.owner, key);
    const { phase } = conversation;
    const chat = phase.name === 'queued' || phase.name === 'connected' ? phase.chat.id : undefined;
    if (this.live.get(key) !== chat && this.reader !== name) this.hint(this.reader, key);
    this.live.set(key, chat);
  }

  fenceOf(key: ConversationKey, name: string): Fence | undefined {
    const { owner, fence } = this.holdingOf(key);
    return owner === name ? fence : undefined;
  }

  private pass(holding: Holding, name: string): void {
    if (holding.owner !== undefined) this.handovers += 1;
    holding.owner = name;
    holding.fence += 1;
  }

  private hint(name: string | undefined, key: ConversationKey): void {
    const member = name === undefined ? undefined : this.members.get(name);
    if (member) this.clock.after(2, () => member.hinted(key));
  }

  private holdingOf(key: ConversationKey): Holding {
    const known = this.holdings.get(key) ?? { owner: undefined, fence: 0 };
    this.holdings.set(key, known);
    return known;
  }
}

/** What one process knows of what it owns: as far as it was told, and as long as its lease holds by its own clock. */
export class Member implements Ownership {
  private readonly fences = new Map<ConversationKey, Fence>();
  private since = Number.NEGATIVE_INFINITY;
  private terms = 1;
  private duty = false;
  private said = false;
  private hints: (key: ConversationKey) => void = () => {};
  private readings: (reads: boolean) => void = () => {};

  constructor(
    readonly name: string,
    private readonly registry: Registry,
    private readonly local: { readonly now: () => Instant },
  ) {}

  tellReader(): void {}

  onNews(): void {}

  /** A beat that was sent at this moment has arrived. */
  beat(sent: Instant): void {
    const { lived, reads } = this.registry.beaten(this.name);
    if (!lived) {
      this.terms += 1;
      this.fences.clear();
    }
    this.since = sent;
    this.duty = reads;
    this.sayReading();
    for (const key of this.registry.takeOver(this.name)) this.hinted(key);
  }

  /** How a commit left it. */
  committed(key: ConversationKey, outcome: string): void {
    const fence = outcome === 'fenced' ? undefined : this.registry.fenceOf(key, this.name);
    if (fence === undefined) this.fences.delete(key);
    else this.fences.set(key, fence);
  }

  async claim(key: ConversationKey): Promise<Fence | undefined> {
    const fence = this.fences.get(key) ?? this.registry.claim(key, this.name);
    if (fence !== undefined) this.fences.set(key, fence);
    return fence;
  }

  mayAct(): boolean {
    return this.local.now() - this.since < usableMs;
  }

  term(): number {
    return this.terms;
  }

  readsForAll(): boolean {
    return this.duty && this.mayAct();
  }

  processes(): number {
    return Math.max(1, this.registry.living);
  }

  onHint(listener: (key: ConversationKey) => void): void {
    this.hints = listener;
  }

  onReading(listener: (reads: boolean) => void): void {
    this.readings = listener;
  }

  hinted(key: ConversationKey): void {
    this.hints(key);
  }

  /** Says when the reading has come or gone. */
  sayReading(): void {
    const reads = this.readsForAll();
    if (reads === this.said) return;
    this.said = reads;
    this.readings(reads);
  }
}
