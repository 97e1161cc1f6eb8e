import { environmentOf, type Product, startProduct } from '../support/product';
import { type Killer, pause } from './killer';
import type { Sides } from './sides';
import { openTap, type Tap } from './tap';

/** What the instance calls back with, where the profile has callbacks. */
export const callbackSecret = 'a-secret-of-callbacks';

/** One process of the product behind taps of its own; it rises again whenever it was killed. */
export class Replica {
  product: Product | undefined;
  private taps: Tap[] = [];
  private environment: Record<string, string | undefined> = {};
  private killedAt: number | undefined;
  /** From each kill to the line that says that turns are taken again, milliseconds. */
  readonly restarts: number[] = [];

  constructor(
    private readonly sides: Sides,
    private readonly killer: Killer,
    private readonly databaseUrl: string,
    private readonly folder: string,
    private readonly profile: string,
  ) {}

  async begin(): Promise<void> {
    const fate = (name: string) => this.killer.fateOf(name);
    const kill = () => this.die();
    const { rasa, serviceNow } = this.sides;
    this.taps = await Promise.all([openTap(rasa.url, fate, kill), openTap(serviceNow.url, fate, kill)]);
    this.environment = {
      ...environmentOf(rasa, serviceNow, this.folder),
      RASA_URL: this.taps[0]?.url,
      SERVICENOW_URL: this.taps[1]?.url,
      SERVICENOW_PROFILE: this.profile,
      SERVICENOW_CALLBACK_SECRET: callbackSecret,
      DATABASE_URL: this.databaseUrl,
      LOG_LEVEL: 'info',
    };
    await this.rise();
  }

  get isDead(): boolean {
    return this.product === undefined || this.killedAt !== undefined;
  }

  /** SIGKILL, in the very moment. */
  die(): void {
    if (this.killedAt !== undefined) return;
    this.killedAt = Date.now();
    this.product?.child.kill('SIGKILL');
  }

  async rise(): Promise<void> {
    await this.product?.kill();
    this.product = await startProduct(this.environment);
    if (this.killedAt !== undefined) this.restarts.push(Date.now() - this.killedAt);
    this.killedAt = undefined;
  }

  async end(): Promise<void> {
    await this.product?.kill();
    for (const tap of this.taps) await tap.close();
  }
}

/** Kills one process after the other, at named calls and at any moment, until there were enough deaths or the load is done. */
export async function killUntil(
  replicas: readonly Replica[],
  killer: Killer,
  options: {
    readonly kills: number;
    readonly restMs: number;
    readonly random: () => number;
    readonly isOver: () => boolean;
  },
): Promise<void> {
  while (killer.count < options.kills && !options.isOver()) {
    const before = killer.count;
    const anyDead = () => replicas.some((replica) => replica.isDead);
    if ((await killer.plan(anyDead)) === 'now' && !anyDead()) {
      replicas[Math.floor(options.random() * replicas.length)]?.die();
    }
    if (killer.count === before) killer.note('any moment');
    for (const replica of replicas) if (replica.isDead) await replica.rise();
    await pause(options.restMs * (0.3 + options.random() * 0.7));
  }
}
