import { join } from 'node:path';
import { type Cell, type SideBySide, turnstile } from './cells';
import { type Connector, startHere, startProcess } from './connector';
import { Employee } from './employee';
import { type FarSides, startFarSides } from './far-sides';
import { faults } from './faults';

type Environment = Readonly<Record<string, string>>;

/** What a cell has: an employee of its own and, in some, one beside her of whom no call goes wrong. */
export interface Scene {
  readonly sides: FarSides;
  readonly ana: Employee;
  readonly bystander?: Employee;
}

/** A scene among others of one connector. What goes wrong begins in turn, with words of the bystander between every two. */
export interface SharedScene extends Scene {
  inTurn<T>(work: () => Promise<T>): Promise<T>;
}

/** With tokens: one that is refused is replaced at once. */
const withTokens = { SERVICENOW_CLIENT_ID: 'teams-connector', SERVICENOW_CLIENT_SECRET: 'teams-connector-secret' };

function isSlow({ fault }: Cell<string>): boolean {
  const { how } = faults[fault];
  return how === 'hang' || how === 'drip';
}

/** The far sides of one test file, and the connectors that work with them. */
export class Stage {
  private readonly connectors: Connector[] = [];

  private constructor(
    readonly sides: FarSides,
    private readonly sendTimeoutMs: number | undefined,
  ) {}

  /** `sendTimeoutMs`: another deadline for sends to Teams than the product's, in connectors of this process. */
  static async set({ sendTimeoutMs }: { readonly sendTimeoutMs?: number } = {}): Promise<Stage> {
    return new Stage(await startFarSides(), sendTimeoutMs);
  }

  /** Plays all cells over one connector: a process of its own unless another is given. */
  async playTogether<O extends string>(
    cells: SideBySide<O>,
    play: (scene: SharedScene, cell: Cell<O>) => Promise<unknown>,
    connector: Connector | Promise<Connector> = this.process(),
  ): Promise<Employee> {
    const { sides } = this;
    const running = await connector;
    const bystander = new Employee(sides, running);
    await bystander.toAgent();
    const inTurn = turnstile((turn) => bystander.goesOn(turn));
    cells.start((cell) => play({ sides, ana: new Employee(sides, running), inTurn }, cell));
    return bystander;
  }

  /** Plays each cell over a connector of its own, in this process. Beside calls that hang there is somebody whom that must not stop. */
  playApart<O extends string>(
    cells: SideBySide<O>,
    environment: (cell: Cell<O>) => Environment,
    play: (scene: Scene, cell: Cell<O>) => Promise<unknown>,
    hasBystander: (cell: Cell<O>) => boolean = isSlow,
  ): void {
    const { sides } = this;
    cells.start(async (cell) => {
      const connector = this.here(environment(cell));
      const ana = new Employee(sides, connector);
      if (!hasBystander(cell)) return play({ sides, ana }, cell);
      const bystander = new Employee(sides, connector);
      await bystander.toAgent();
      return play({ sides, ana, bystander }, cell);
    });
  }

  async process(environment: Environment = {}): Promise<Connector> {
    const connector = await startProcess({ ...this.environment(), ...withTokens, ...environment });
    this.connectors.push(connector);
    return connector;
  }

  here(environment: Environment = {}): Connector {
    const connector = startHere(
      { ...this.environment(), SERVICENOW_POLL_MS: '500', ...environment },
      this.sendTimeoutMs,
    );
    this.connectors.push(connector);
    return connector;
  }

  private environment(): FarSides['environment'] {
    const queue = this.sides.nextQueue();
    return {
      ...this.sides.environment,
      SERVICENOW_QUEUE: queue,
      DATABASE_URL: `file:${join(this.sides.folder, `${queue}.db`)}`,
    };
  }

  async close(): Promise<void> {
    await Promise.all(this.connectors.map((connector) => connector.close()));
    await this.sides.close();
  }
}
