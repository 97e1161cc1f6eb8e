import { startRasa } from '../../../src/simulator/rasa/server';
import type { RasaSimulator } from '../../../src/simulator/rasa/simulator';
import { type ServiceNowSimulator, startServiceNow } from '../../../src/simulator/servicenow/simulator';
import { quietQueues } from '../../support/far-sides';
import { startPostgres, type TestPostgres } from '../../support/postgres';
import { environmentOf, eventually, type Product, startProduct } from '../../support/product';
import { startTeamsChannel, type TeamsChannel } from '../../support/teams-channel';
import { chance } from '../../support/world/mortality';

/** Several connectors over one database, between Teams, Rasa and ServiceNow; the balancer before them picks one for each turn. */
export interface Fleet {
  readonly rasa: RasaSimulator;
  readonly serviceNow: ServiceNowSimulator;
  readonly teams: TeamsChannel;
  readonly postgres: TestPostgres;
  /** The address of their database. */
  readonly database: string;
  /** Those that the balancer knows. */
  readonly replicas: Product[];
  readonly random: () => number;
  /** Starts one more. */
  grow(): Promise<Product>;
  /** Takes one from the balancer. */
  drop(replica: Product): void;
  /** The one that reads for all. */
  reader(): Product;
  /** Delivers an activity until it is taken, to one replica after the other; a frozen one is given up after a while. */
  deliver(activity: unknown, first?: Product): Promise<void>;
  close(): Promise<void>;
}

const answerWithinMs = 1_500;

export async function startFleet(size: number): Promise<Fleet> {
  const [rasa, serviceNow, teams, postgres] = await Promise.all([
    startRasa({ preset: 'demo' }),
    startServiceNow(),
    startTeamsChannel(),
    startPostgres(),
  ]);
  // Only what a test lets an agent say is said.
  quietQueues(serviceNow);
  const database = await postgres.database();
  const environment = {
    ...environmentOf(rasa, serviceNow, ''),
    ...teams.environment,
    SERVICENOW_TIMEOUT_MS: '1500',
    DATABASE_URL: database,
  };
  const replicas: Product[] = [];
  const random = chance(Number(process.env.FLEET_SEED ?? 7));
  const drop = (replica: Product) => void replicas.splice(replicas.indexOf(replica), 1);
  const grow = async () => {
    const replica = await startProduct(environment);
    replicas.push(replica);
    return replica;
  };
  for (let n = 0; n < size; n += 1) await grow();
  return {
    ...{ rasa, serviceNow, teams, postgres, database, replicas, random, grow, drop },
    reader: () => replicas.find(isReader) ?? (replicas[0] as Product),
    deliver: (activity, first) =>
      deliver(teams, activity, first, () => replicas[Math.floor(random() * replicas.length)]),
    close: async () => {
      await Promise.all(replicas.map((replica) => replica.kill()));
      await Promise.all([rasa.close(), serviceNow.close(), teams.close()]);
      await postgres.close();
    },
  };
}

/** The last one to say so reads; the first one of a new fleet reads from the start and does not say it. */
function isReader(replica: Product, _index: number, replicas: readonly Product[]): boolean {
  const since = ({ lines }: Product) =>
    Math.max(
      0,
      ...lines.filter(({ event }) => event === 'reading_for_all').map(({ time }) => Date.parse(String(time))),
    );
  return since(replica) === Math.max(...replicas.map(since));
}

async function deliver(
  teams: TeamsChannel,
  activity: unknown,
  first: Product | undefined,
  pick: () => Product | undefined,
): Promise<void> {
  const token = teams.token();
  let next = first;
  await eventually(async () => {
    const replica = next ?? pick();
    next = undefined;
    if (!replica) return false;
    const answer = teams.sendTo(replica.url, activity, token).catch(() => undefined);
    return (await within(answer, answerWithinMs))?.status === 200;
  }, 'a turn to be taken');
}

function within<T>(answer: Promise<T>, milliseconds: number): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(undefined), milliseconds);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
