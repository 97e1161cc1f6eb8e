import { loadConfig } from '../../../src/config/config';
import type { Upstream } from '../../../src/conversation/failures';
import { Breaker } from '../../../src/engine/breaker';
import { machineTime, makeClock, type TimeSource } from '../../../src/engine/clock';
import { makeCouriers } from '../../../src/engine/couriers/couriers';
import { Engine } from '../../../src/engine/engine';
import { guardAssistant, guardDesk, guardMessenger } from '../../../src/engine/guarded';
import { soleOwner } from '../../../src/engine/ownership';
import { Pace } from '../../../src/engine/pace';
import type { Clock, Log } from '../../../src/engine/ports';
import { Reader } from '../../../src/engine/reader';
import { makeAssistant } from '../../../src/rasa/assistant';
import { makeConnectSupportDesk } from '../../../src/servicenow/connect-support/desk';
import { deskOptions } from '../../../src/servicenow/options';
import { MemoryStore } from '../../../src/store/memory';
import { teamsLimits } from '../../../src/teams/limits';
import { makeTeams } from '../../../src/teams/teams';
import { makeTexts } from '../../../src/texts/texts';
import { startProduct } from '../../support/product';
import { makeMessenger } from './messenger';

type Environment = Readonly<Record<string, string | undefined>>;

/** A connector that takes turns from Teams. */
export interface Connector {
  /** Delivers an activity with Teams' token; answers the status. */
  deliver(activity: Record<string, unknown>, token: string): Promise<number>;
  close(): Promise<void>;
}

/** The machine's time, of which nothing keeps a test from its end. */
const fleetingTime: TimeSource = {
  ...machineTime,
  after: (milliseconds, callback) => {
    const timer = setTimeout(callback, Math.min(milliseconds, 2_147_483_647)).unref();
    return () => clearTimeout(timer);
  },
};
/** What is under way when a connector is closed may settle for so long. */
const graceMs = 500;
const silent: Log = { info: () => {}, warn: () => {}, error: () => {} };
/** The product's own deadline of one send. */
const usualSendTimeoutMs = 15_000;

/** The connector as a process of its own. */
export async function startProcess(environment: Environment): Promise<Connector> {
  const product = await startProduct(environment);
  return {
    deliver: async (activity, token) => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
      const answer = await fetch(product.url, { method: 'POST', headers, body: JSON.stringify(activity) });
      return answer.status;
    },
    close: () => product.kill(),
  };
}

/**
 * The same parts in this process, with a store in memory: light enough to start one for each cell, so that what lasts in one is no
 * trouble in another. The deadline of one send to Teams can be another than the product's.
 */
export function startHere(environment: Environment, sendTimeoutMs = usualSendTimeoutMs): Connector {
  const config = loadConfig(environment, () => '');
  const texts = makeTexts();
  const clock = makeClock(fleetingTime);
  const options = deskOptions.parse(config.serviceNow.options);
  const assistant = makeAssistant({ ...config.rasa, queues: [], log: silent });
  const desk = makeConnectSupportDesk({
    ...config.serviceNow,
    options,
    window: config.rules,
    texts,
    clock,
    log: silent,
  });
  const teams = makeTeams({ settings: { ...config.teams, dev: true }, texts, clock, log: silent });
  const messenger = makeMessenger(config.teams, { texts, clock, timeoutMs: sendTimeoutMs });
  const guarded = {
    assistant: guardAssistant(assistant, breaker('rasa', clock)),
    desk: guardDesk(desk, breaker('servicenow', clock)),
    messenger: guardMessenger(messenger, breaker('teams', clock)),
  };
  const { rules } = config;
  const store = new MemoryStore();
  const pace = new Pace({ store, clock, ownership: soleOwner, limits: teamsLimits });
  const couriers = makeCouriers({ ...guarded, store, pace, clock, log: silent });
  const shared = { store, pace, ownership: soleOwner, clock, rules, log: silent };
  const engine = new Engine({ ...shared, couriers, random: Math.random });
  const offer = engine.offer.bind(engine);
  const { pollMs } = config.serviceNow;
  const reader = new Reader({ ...shared, desk: guarded.desk, pollMs, parallel: 8, offer });
  engine.onChange((conversation) => reader.note(conversation));
  const door = teams.door(offer);
  return {
    deliver: async (activity, token) => (await door.receive(`Bearer ${token}`, activity)).status,
    close: async () => {
      await reader.stop();
      await engine.stop(graceMs);
      for (const side of [assistant, desk, teams, messenger]) side.close();
    },
  };
}

function breaker(upstream: Upstream, clock: Clock): Breaker {
  const throttlesAll = upstream === 'servicenow';
  return new Breaker({ upstream, throttlesAll, clock, log: silent, random: Math.random });
}
