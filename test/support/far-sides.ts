import { startRasa } from '../../src/simulator/rasa/server';
import type { RasaSimulator } from '../../src/simulator/rasa/simulator';
import { type ServiceNowSimulator, startServiceNow } from '../../src/simulator/servicenow/simulator';
import { makeFolder } from './product';
import { type ChannelOptions, startTeamsChannel, type TeamsChannel } from './teams-channel';

/** The three systems around the product, and a folder for its database. */
export interface FarSides {
  readonly rasa: RasaSimulator;
  readonly serviceNow: ServiceNowSimulator;
  readonly teams: TeamsChannel;
  readonly folder: ReturnType<typeof makeFolder>;
}

export async function startFarSides(channel: ChannelOptions = {}): Promise<FarSides> {
  const [rasa, serviceNow, teams] = await Promise.all([
    startRasa({ preset: 'demo' }),
    startServiceNow(),
    startTeamsChannel(channel),
  ]);
  return { rasa, serviceNow, teams, folder: makeFolder() };
}

export async function closeFarSides({ rasa, serviceNow, teams, folder }: FarSides): Promise<void> {
  await Promise.all([rasa.close(), serviceNow.close(), teams.close()]);
  folder.remove();
}

/** Agents say nothing by themselves: what is counted is what somebody said. */
export function quietQueues(serviceNow: ServiceNowSimulator): void {
  for (const { id } of Object.values(serviceNow.state().queues)) serviceNow.setQueue({ id, initialAgentResponse: '' });
}
