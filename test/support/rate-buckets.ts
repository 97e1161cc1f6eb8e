/** Teams' own published limits for sends to one conversation, kept here by hand so that a test does not believe the product. */
const published = [
  { most: 7, withinMs: 1_000 },
  { most: 8, withinMs: 2_000 },
  { most: 60, withinMs: 30_000 },
  { most: 1_800, withinMs: 3_600_000 },
];

/** Counts sends per conversation as Teams does. */
export class RateBuckets {
  private readonly sends = new Map<string, number[]>();
  /** Sends that came too fast, and were therefore answered 429. */
  tooFast = 0;

  /** Milliseconds to wait when this send is one too many; 0 when it is taken. */
  take(conversation: string, at: number): number {
    const sends = this.sends.get(conversation) ?? [];
    const waits = published.map(({ most, withinMs }) => {
      const oldest = sends.at(-most);
      return oldest === undefined ? 0 : Math.max(0, oldest + withinMs - at);
    });
    const wait = Math.max(...waits);
    if (wait > 0) this.tooFast += 1;
    else this.sends.set(conversation, [...sends, at]);
    return wait;
  }
}
