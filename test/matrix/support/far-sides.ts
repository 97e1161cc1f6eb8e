import { randomUUID } from 'node:crypto';
import { startRasa } from '../../../src/simulator/rasa/server';
import type { RasaSimulator } from '../../../src/simulator/rasa/simulator';
import { makeQueue } from '../../../src/simulator/servicenow/model/fixture';
import { type ServiceNowSimulator, startServiceNow } from '../../../src/simulator/servicenow/simulator';
import { environmentOf, makeFolder } from '../../support/product';
import { startTeamsChannel, type TeamsChannel } from '../../support/teams-channel';
import { makeFew } from './cells';
import { type FaultProxy, startFaultProxy } from './fault-proxy';

/** The three far sides, each behind a proxy in which calls go wrong. */
export interface FarSides {
  readonly rasa: RasaSimulator;
  readonly serviceNow: ServiceNowSimulator;
  readonly teams: TeamsChannel;
  readonly wires: { readonly rasa: FaultProxy; readonly serviceNow: FaultProxy; readonly teams: FaultProxy };
  /** The environment of a connector that works with them. Calls to ServiceNow have a deadline of 2.5 s. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** For databases. */
  readonly folder: string;
  /** A tenant that nobody else in this test file has, so that nobody waits for another's rate limit. */
  nextTenant(): string;
  /** A queue that no other connector in this test file has, so that its list holds nobody else's chats. */
  nextQueue(): string;
  /** The newest chat whose first message names this employee. */
  chatOf(name: string): string | undefined;
  /** Works of which a few run at once; the others wait for them. */
  few<T>(work: () => Promise<T>): Promise<T>;
  /** The assistant says so from now on. */
  answers(question: string, answer: string): void;
  close(): Promise<void>;
}

const mostTenants = 150;
const queues = Array.from({ length: 60 }, (_, index) => makeQueue({ name: `Queue ${index + 1}` }));

export async function startFarSides(): Promise<FarSides> {
  const folder = makeFolder();
  const [rasa, serviceNow, teams] = await Promise.all([
    startRasa({ preset: 'demo' }),
    startServiceNow({ fixture: { queues } }),
    startTeamsChannel(),
  ]);
  const dialogue = [{ when: { text: 'are you there' }, reply: [{ text: 'I am here' }] }];
  rasa.script(dialogue);
  const [toRasa, toServiceNow, toTeams] = await Promise.all([
    startFaultProxy(rasa.url),
    startFaultProxy(serviceNow.url),
    startFaultProxy(teams.authority.base),
  ]);
  const tenants = Array.from({ length: mostTenants }, () => randomUUID());
  const unused = { tenants: [...tenants], queues: queues.map(({ id }) => id) };
  const next = (what: 'tenants' | 'queues') => unused[what].pop() ?? fail(`no ${what} are left`);
  const chats = new Map<string, string>();
  let journaled = 0;
  return {
    rasa,
    serviceNow,
    teams,
    folder: folder.path,
    wires: { rasa: toRasa, serviceNow: toServiceNow, teams: toTeams },
    environment: {
      ...environmentOf(rasa, serviceNow, folder.path),
      ...teams.environment,
      RASA_URL: toRasa.url,
      SERVICENOW_URL: toServiceNow.url,
      SERVICENOW_TIMEOUT_MS: '2500',
      TEAMS_ALLOWED_TENANTS: tenants.join(','),
    },
    nextTenant: () => next('tenants'),
    nextQueue: () => next('queues'),
    chatOf: (name) => {
      for (const { n, method, path, effects } of serviceNow.journal(journaled)) {
        journaled = n;
        const [chat] = effects;
        if (method === 'POST' && path.endsWith('/sessions') && chat) chats.set(nameIn(serviceNow, chat), chat);
      }
      return chats.get(name);
    },
    few: makeFew(4),
    answers: (question, answer) => {
      dialogue.push({ when: { text: question }, reply: [{ text: answer }] });
      rasa.script(dialogue);
    },
    close: async () => {
      await Promise.all([toRasa, toServiceNow, toTeams, rasa, serviceNow, teams].map((side) => side.close()));
      folder.remove();
    },
  };
}

/** The employee's name as the chat's first message has it. */
function nameIn(serviceNow: ServiceNowSimulator, chat: string): string {
  return /\[Teams [^\]]+\] (\w+ \d+)/.exec(serviceNow.pane(chat)[0]?.text ?? '')?.[1] ?? fail('a chat without a name');
}

function fail(what: string): never {
  throw new Error(what);
}
