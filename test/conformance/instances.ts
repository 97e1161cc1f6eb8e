import type { Desk, FileDesk, OpenRequest } from '../../src/engine/ports';
import { makeCallbacks } from '../../src/http/callback';
import { makeBotDesk } from '../../src/servicenow/va-bot/desk';
import { makeIntake } from '../../src/servicenow/va-bot/intake';
import { botOptions } from '../../src/servicenow/va-bot/options';
import type { ServiceNowSimulator, SimulatorOptions } from '../../src/simulator/servicenow/simulator';
import { startServiceNow } from '../../src/simulator/servicenow/simulator';
import { MemoryInbox } from '../../src/store/memory-inbox';
import { makeTexts } from '../../src/texts/texts';
import {
  basic,
  closing,
  deskAt,
  itDesk,
  MovableClock,
  morning,
  scriptedAt,
  token,
} from '../servicenow/servicenow-side';
import { receiving } from '../simulator/servicenow/bot-api/support';
import { quietQueues } from '../support/far-sides';

export const profiles = ['connect-support', 'va-bot', 'scripted'] as const;
export type ProfileName = (typeof profiles)[number];
export type AnyDesk = Desk & FileDesk;

/** One simulated instance, and a desk of a profile over it. */
export interface Instance {
  readonly name: ProfileName;
  readonly sim: ServiceNowSimulator;
  readonly desk: AnyDesk;
  /** What the profile's opens and posts are called, for faults. */
  readonly paths: { readonly open: string; readonly post: string };
  /** The same instance, talked to by a process that knows nothing yet but what is stored. */
  again(): AnyDesk;
}

type Switches = NonNullable<SimulatorOptions['config']>;

/** Starts an instance with the platform's switches set as given. */
export async function startInstance(name: ProfileName, config: Switches = {}): Promise<Instance> {
  const sim = closing(await startServiceNow({ clock: { mode: 'manual', now: morning }, config }));
  quietQueues(sim);
  const make =
    name === 'va-bot'
      ? await botDesks(sim)
      : () => (name === 'scripted' ? scriptedAt(sim.url).desk : deskAt(sim.url).desk);
  const again = () => make() as AnyDesk;
  return { name, sim, desk: again(), paths: pathsOf[name], again };
}

const pathsOf: Record<ProfileName, Instance['paths']> = {
  'connect-support': { open: 'sessions$', post: 'messages$' },
  'va-bot': { open: 'bot/integration$', post: 'bot/integration$' },
  scripted: { open: 'chats$', post: 'messages$' },
};

/** Desks that share an inbox, and the door through which callbacks reach it. */
async function botDesks(sim: ServiceNowSimulator): Promise<() => AnyDesk> {
  const inbox = new MemoryInbox();
  const clock = new PassingClock();
  const options = botOptions.parse({ confirmMs: 3_000 });
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const secret = 'a-secret-of-callbacks';
  const callbacks = makeCallbacks({ secrets: () => [secret], take: makeIntake({ inbox, options, clock, log }) });
  const receiver = await receiving();
  const push = receiver.got.push.bind(receiver.got);
  receiver.got.push = (...all) => {
    for (const { headers, json } of all) if (callbacks.isKnown(headers, undefined)) void callbacks.take(json);
    return push(...all);
  };
  sim.configure({ callback: { url: receiver.url, auth: { kind: 'bearer', token: secret } }, accountLinking: 'always' });
  const parts = { url: sim.url, auth: basic, messageAuth: {}, timeoutMs: 5_000, queue: itDesk, queues: {} };
  return () => closing(makeBotDesk({ ...parts, options, inbox, texts: makeTexts(), clock, log }));
}

/** Time that passes where somebody waits for it. */
class PassingClock extends MovableClock {
  override after(milliseconds: number, callback: () => void): () => void {
    return super.after(Math.min(milliseconds, 20), () => {
      this.move(milliseconds);
      callback();
    });
  }
}

/** The chat of this hand-off as the instance has it. */
export function chatAt({ sim }: Instance, request: Pick<OpenRequest, 'token'> = { token }): string {
  const found = sim.chats().find(({ id }) => sim.pane(id).some((row) => row.text.includes(request.token)));
  if (!found) throw new Error('the instance has no such chat');
  return found.id;
}
