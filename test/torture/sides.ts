import http from 'node:http';
import { startRasa } from '../../src/simulator/rasa/server';
import type { RasaSimulator } from '../../src/simulator/rasa/simulator';
import { type ServiceNowSimulator, startServiceNow } from '../../src/simulator/servicenow/simulator';
import { quietQueues } from '../support/far-sides';
import { startTeamsChannel, type TeamsChannel } from '../support/teams-channel';

/** The three far sides, which never die. */
export interface Sides {
  readonly rasa: RasaSimulator;
  readonly serviceNow: ServiceNowSimulator;
  readonly teams: TeamsChannel;
}

export async function startSides(): Promise<Sides> {
  const [rasa, serviceNow, teams] = await Promise.all([
    startRasa({ preset: 'demo' }),
    startServiceNow(),
    startTeamsChannel({ requireToken: false, enforceRates: true }),
  ]);
  quietQueues(serviceNow);
  return { rasa, serviceNow, teams };
}

/** Delivers one activity; `undefined` when there was no answer. */
export function deliver(url: string, activity: unknown): Promise<number | undefined> {
  const body = JSON.stringify(activity);
  const headers = { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) };
  return new Promise((resolve) => {
    const request = http.request(url, { method: 'POST', headers, agent: false, timeout: 15_000 }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode));
      response.on('error', () => resolve(undefined));
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(undefined));
    request.end(body);
  });
}
