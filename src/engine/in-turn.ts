/** Works of which so many run at once; the others wait for their turn, first come, first served. */
export class InTurn {
  private readonly waiting: (() => void)[] = [];
  private readonly underWay = new Set<Promise<void>>();
  private running = 0;

  constructor(private readonly width: number) {}

  /** The work must not throw. */
  run(work: () => Promise<void>): void {
    const done = this.turn()
      .then(work)
      .finally(() => {
        this.underWay.delete(done);
        const next = this.waiting.shift();
        if (next) next();
        else this.running -= 1;
      });
    this.underWay.add(done);
  }

  /** Resolves when what was begun until now is done. */
  async idle(): Promise<void> {
    await Promise.all(this.underWay);
  }

  private async turn(): Promise<void> {
    if (this.running >= this.width) return new Promise<void>((resolve) => this.waiting.push(resolve));
    this.running += 1;
  }
}
