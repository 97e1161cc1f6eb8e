/** A seeded source of chance (mulberry32), so that a failing run can be played again. */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Where a process dies: before the n-th thing it does takes effect, or after. */
export interface Death {
  readonly at: number;
  readonly when: 'before' | 'after';
}

/** One life of the process: everything it does outside itself goes through here, and after its death nothing comes back any more. */
export class Life {
  private things = 0;
  private over = false;
  private readonly mourners = new Set<() => void>();
  private onDeath: () => void = () => {};
  readonly died = new Promise<void>((resolve) => {
    this.onDeath = resolve;
  });

  constructor(private readonly death?: Death) {}

  get isOver(): boolean {
    return this.over;
  }

  /** How many things were done. */
  get count(): number {
    return this.things;
  }

  die(): void {
    this.over = true;
    this.onDeath();
    for (const mourner of this.mourners) mourner();
  }

  /** Resolves when this does, or with the process's death. Unlike a race with `died` it leaves nothing behind in a long life. */
  async orDeath(work: Promise<unknown>): Promise<void> {
    if (this.over) return;
    await new Promise<void>((resolve, reject) => {
      this.mourners.add(resolve);
      work.then(() => resolve(), reject).finally(() => this.mourners.delete(resolve));
    });
  }

  async doing<T>(thing: () => Promise<T>): Promise<T> {
    if (this.over) return never();
    this.things += 1;
    const isLast = this.death?.at === this.things;
    if (isLast && this.death?.when === 'before') {
      this.die();
      return never();
    }
    const result = await thing().finally(() => {
      if (isLast) this.die();
    });
    return this.over ? never() : result;
  }
}

/** What a call of a dead process comes back with. */
function never<T>(): Promise<T> {
  return new Promise<T>(() => {});
}
