import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startRasa } from '../../../src/simulator/rasa/server';
import type { RasaSimulator } from '../../../src/simulator/rasa/simulator';
import { type ServiceNowSimulator, startServiceNow } from '../../../src/simulator/servicenow/simulator';
import { quietQueues } from '../../support/far-sides';
import { environmentOf, eventually, makeFolder, type Product, startProduct } from '../../support/product';
import { startTeamsChannel, type TeamsChannel } from '../../support/teams-channel';

type Environment = Readonly<Record<string, string>>;

/** What one delivery came to: its status, or that the connection broke before there was one. */
export type Delivery = number | 'no answer';

/** The started product between Teams, Rasa and ServiceNow, which can die at any point and rise again over the same file. */
export interface Stage {
  readonly rasa: RasaSimulator;
  readonly serviceNow: ServiceNowSimulator;
  readonly teams: TeamsChannel;
  product: Product;
  /** Delivers a message; with the id of an earlier one it is a redelivery. */
  say(text: string, id?: string): Promise<Delivery>;
  /** Asks for an agent, lets Beth take the chat, and answers its id. */
  toAgent(): Promise<string>;
  /** What the employee reads, in order. */
  read(): string[];
  /** What the agent reads of the employee, the first message aside. */
  posted(): string[];
  /** The product dies by itself at this commit, counted from now. */
  dieAt(commit: `${'before' | 'after'} ${number}`): void;
  /** Resolves when the process is gone. */
  gone(): Promise<void>;
  /** Starts the product again, and nothing makes it die any more. */
  rise(): Promise<void>;
  close(): Promise<void>;
}

const preload = join(__dirname, 'die-at.js');

interface Sides {
  readonly rasa: RasaSimulator;
  readonly serviceNow: ServiceNowSimulator;
  readonly teams: TeamsChannel;
}

async function startSides(): Promise<Sides> {
  const [rasa, serviceNow, teams] = await Promise.all([
    startRasa({ preset: 'demo' }),
    startServiceNow(),
    startTeamsChannel(),
  ]);
  // Only what a test lets Beth say is said.
  quietQueues(serviceNow);
  return { rasa, serviceNow, teams };
}

/** Sets the stage. `between` may put something between the product and a far side. */
export async function setStage(between: (sides: Sides) => Promise<Environment> = async () => ({})): Promise<Stage> {
  const folder = makeFolder();
  const sides = await startSides();
  const { rasa, serviceNow, teams } = sides;
  const death = join(folder.path, 'die-at');
  const environment = {
    ...environmentOf(rasa, serviceNow, folder.path),
    ...teams.environment,
    DIE_AT: death,
    NODE_OPTIONS: `--require ${preload}`,
    SERVICENOW_TIMEOUT_MS: '1500',
    ...(await between(sides)),
  };
  const stage: Stage = {
    ...sides,
    ...talking(sides, () => stage.product.url),
    product: await startProduct(environment),
    dieAt: (commit) => writeFileSync(death, commit),
    gone: async () => {
      const { child } = stage.product;
      await eventually(() => child.exitCode !== null || child.signalCode !== null, 'the process to be gone');
    },
    rise: async () => {
      rmSync(death, { force: true });
      stage.product = await startProduct(environment);
    },
    close: async () => {
      await stage.product.kill();
      await Promise.all([rasa.close(), serviceNow.close(), teams.close()]);
      folder.remove();
    },
  };
  return stage;
}

/** What the employee says and reads, and what the agent reads of her. */
function talking({ serviceNow, teams }: Sides, url: () => string): Pick<Stage, 'say' | 'toAgent' | 'read' | 'posted'> {
  const conversation = { id: 'a:ana', conversationType: 'personal', tenantId: teams.tenantId };
  const read = () => teams.connector.texts();
  const say = async (text: string, id?: string): Promise<Delivery> => {
    const activity = teams.activity({ text, conversation, ...(id === undefined ? {} : { id }) });
    const answer = await teams.sendTo(url(), activity).catch(() => undefined);
    return answer?.status ?? 'no answer';
  };
  return {
    say,
    read,
    toAgent: async () => {
      await say('/live_agent');
      const { id } = await eventually(() => serviceNow.chats()[0], 'a chat');
      serviceNow.accept(id, 'beth.anglin');
      await teams.connector.until(() => read().some((text) => /has joined/.test(text)));
      return id;
    },
    posted: () => {
      const [chat] = serviceNow.chats();
      const rows = chat ? serviceNow.pane(chat.id) : [];
      return rows.filter((row) => row.author === 'requester').flatMap((row, index) => (index === 0 ? [] : [row.text]));
    },
  };
}

/** So many real milliseconds, for things that must not happen in them. */
export function aWhile(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
