import type { CallName, Fate } from './tap';

/** Every named call dies in both ways, and between them the process dies at any moment. */
const points: readonly (CallName | 'any moment')[] = [
  'any moment',
  'servicenow.open',
  'servicenow.post',
  'servicenow.list',
  'servicenow.read',
  'servicenow.leave',
  'servicenow.state',
  'teams.show',
  'teams.update',
  'teams.profile',
  'rasa.ask',
];

/** A point that does not come up is given up after so long, and another one is drawn. */
const longestWaitMs = 2_500;

/** Decides when the process dies next, and counts what it died of. */
export class Killer {
  readonly deaths = new Map<string, number>();
  private planned: { readonly point: CallName; readonly fate: Fate } | undefined;
  private drawn = 0;

  constructor(
    private readonly random: () => number,
    private readonly restMs: number,
  ) {}

  get count(): number {
    return [...this.deaths.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Plans the next death; resolves when it is time to kill at any moment, or with nothing when a call will do it. */
  async plan(dead: () => boolean): Promise<'now' | 'done'> {
    this.drawn += 1;
    const point = points[this.drawn % points.length] ?? 'any moment';
    const aMoment = 200 + this.random() * 1.5 * this.restMs;
    await pause(aMoment);
    if (point === 'any moment') return 'now';
    this.planned = { point, fate: this.random() < 0.5 ? 'kill before' : 'kill after' };
    for (let waited = 0; waited < longestWaitMs; waited += 50) {
      if (dead()) return 'done';
      await pause(50);
    }
    this.planned = undefined;
    return dead() ? 'done' : 'now';
  }

  fateOf(name: CallName): Fate {
    if (this.planned?.point !== name) return 'pass';
    const { fate } = this.planned;
    this.planned = undefined;
    this.note(`${name} ${fate === 'kill before' ? 'before' : 'after'} its effect`);
    return fate;
  }

  note(point: string): void {
    this.deaths.set(point, (this.deaths.get(point) ?? 0) + 1);
  }
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
