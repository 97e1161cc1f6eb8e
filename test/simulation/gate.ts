import type { Moment } from './history';

/** What is to become of a process at a moment. */
export type Fate = Pick<Moment, 'when'> & { readonly at: number; readonly then: () => void };

/**
 * Between a process and everything outside it. What is dead never hears an answer again; what is frozen neither acts nor hears until it
 * wakes, and then goes on where it stood.
 */
export class Gate {
  /** Things that were done outside, or begun. */
  count = 0;
  private fates: Fate[] = [];
  private isDead = false;
  private sleepers: (() => void)[] | undefined;
  private mourners: (() => void)[] = [];

  get state(): 'alive' | 'frozen' | 'dead' {
    if (this.isDead) return 'dead';
    return this.sleepers ? 'frozen' : 'alive';
  }

  die(): void {
    this.isDead = true;
    this.sleepers = undefined;
    for (const mourner of this.mourners.splice(0)) mourner();
  }

  freeze(): void {
    if (!this.isDead) this.sleepers ??= [];
  }

  thaw(): void {
    const sleepers = this.sleepers ?? [];
    this.sleepers = undefined;
    for (const wake of sleepers) wake();
  }

  /** What waits for the process hears of its death. */
  onDeath(mourner: () => void): void {
    if (this.isDead) mourner();
    else this.mourners.push(mourner);
  }

  expect(fate: Fate): void {
    this.fates.push(fate);
  }

  /** Nothing is to become of it any more. */
  forgive(): void {
    this.fates = [];
  }

  /** Runs what comes from outside (a timer, a turn, an answer): at once, on waking, or never. */
  run(work: () => void): void {
    if (this.isDead) return;
    if (this.sleepers) this.sleepers.push(() => this.run(work));
    else work();
  }

  /** Resolves when the process can go on. */
  breath(): Promise<void> {
    return new Promise((resolve) => this.run(resolve));
  }

  /**
   * Does a thing outside. `check` is asked at the last moment, after a sleep too; then the thing goes its way whatever becomes of the
   * process, which takes it a while (`late`) if something becomes of it meanwhile.
   */
  async outside<T>(thing: () => Promise<T>, check?: () => void, late?: () => Promise<void>): Promise<T> {
    await this.breath();
    this.count += 1;
    const number = this.count;
    this.meet(number, 'before');
    await this.breath();
    check?.();
    const isOnItsWay = this.meet(number, 'during');
    try {
      if (isOnItsWay) await late?.();
      return await thing();
    } finally {
      this.meet(number, 'after');
      await this.breath();
    }
  }

  private meet(number: number, when: Moment['when']): boolean {
    const due = this.fates.filter((fate) => fate.at === number && fate.when === when);
    if (due.length === 0) return false;
    this.fates = this.fates.filter((fate) => !due.includes(fate));
    for (const fate of due) if (!this.isDead) fate.then();
    return true;
  }
}
