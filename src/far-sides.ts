import type { Config } from './config/config';
import { ConfigProblems } from './config/problems';
import type { Upstream } from './conversation/failures';
import type { Rules } from './conversation/rules';
import { Breaker } from './engine/breaker';
import { machineTime } from './engine/clock';
import { guardAssistant, guardDesk, guardFileDesk, guardMessenger } from './engine/guarded';
import type { Inbox } from './engine/inbox';
import { metered } from './engine/metered';
import type { Assistant, Clock, Desk, FileDesk, Log, Messenger } from './engine/ports';
import type { Trace } from './engine/trace';
import { traced } from './engine/traced';
import { type Callbacks, makeCallbacks } from './http/callback';
import type { Metrics } from './http/metrics';
import { makeAssistant } from './rasa/assistant';
import { chooseProfile } from './servicenow/auto';
import { makeDesk, type Profile, readProfile } from './servicenow/profiles';
import { makeIntake } from './servicenow/va-bot/intake';
import type { Texts } from './texts/texts';

/** What all far sides need. */
export interface SideParts {
  readonly texts: Texts;
  readonly clock: Clock;
  readonly log: Log;
  readonly mayCall: () => boolean;
  /** Where what ServiceNow brings by itself is kept. */
  readonly inbox: Inbox;
}

export interface FarSides {
  readonly assistant: Assistant;
  readonly desk: Desk;
  readonly messenger: Messenger;
}

/** What tells how calls go. */
export interface Measures {
  readonly metrics: Metrics;
  readonly trace: Trace;
}

/** A configuration whose profile is settled. */
export type Settled = Config & { readonly serviceNow: { readonly profile: Profile['name'] } };

/** The same, with the profile that the instance has where that is left to it. Throws NoProfile when it has none. */
export async function settle(config: Config, clock: Clock, log: Log): Promise<Settled> {
  const { serviceNow } = config;
  const { profile, callbackSecrets } = serviceNow;
  if (profile !== 'auto') return { ...config, serviceNow: { ...serviceNow, profile } };
  const { name, because } = await chooseProfile({
    ...serviceNow,
    takesCallbacks: callbackSecrets !== undefined,
    clock,
    log,
  });
  log.info('profile_chosen', { profile: name, because });
  const settled = { ...config, serviceNow: { ...serviceNow, profile: name } };
  profileOf(settled);
  return settled;
}

/** How ServiceNow is talked to; options that the profile does not know are a problem of the configuration. */
export function profileOf({ serviceNow: { profile, options } }: Settled): Profile {
  const read = readProfile(profile, options);
  if (read.ok) return read.options;
  throw new ConfigProblems(read.problems);
}

/** The story splits long words before they reach ServiceNow; there is room left for what keeps mark-up from being one. */
export function rulesOf(config: Settled): Rules {
  const { name, options } = profileOf(config);
  const { longestMessage, lateEffectMs } = options;
  const cutOffMs = name === 'va-bot' ? options.idleCancelMs : 0;
  return { ...config.rules, longestPosted: Math.floor(longestMessage * 0.9), lateEffectMs, cutOffMs };
}

/** The assistant and the desk, as the configuration wants them. */
export function makeSides(config: Settled, parts: SideParts) {
  const { rasa, serviceNow, rules } = config;
  const desk = makeDesk(profileOf(config), { ...serviceNow, window: rules, ...parts });
  const assistant = makeAssistant({ ...rasa, queues: Object.keys(serviceNow.queues), ...parts });
  return { assistant, desk };
}

/** Each far side, its calls measured, behind a breaker of its own. */
export function guard(
  { assistant, desk, messenger }: FarSides & { readonly desk: FileDesk },
  { metrics, trace, ...parts }: Measures & { readonly clock: Clock; readonly log: Log },
): FarSides & { readonly fileDesk: FileDesk } {
  const breaker = (upstream: Upstream, throttlesAll: boolean) =>
    new Breaker({ upstream, throttlesAll, random: Math.random, ...parts });
  const measured = <T extends object>(side: T, upstream: Upstream) =>
    metered(traced(side, upstream, trace), metrics.calls(upstream), machineTime.steady);
  const serviceNow = breaker('servicenow', true);
  return {
    assistant: guardAssistant(measured(assistant, 'rasa'), breaker('rasa', false)),
    desk: guardDesk(measured(desk, 'servicenow'), serviceNow),
    fileDesk: guardFileDesk(measured(desk, 'servicenow'), serviceNow),
    messenger: guardMessenger(measured(messenger, 'teams'), breaker('teams', false)),
  };
}

export interface CallbackListeners {
  /** There is something to read. */
  readonly heard: () => void;
  /** An agent types in this chat. */
  readonly typing: (chat: string) => void;
  /** The chat of an employee that lives just now, for a callback that names none. */
  readonly chatOf: (userId: string) => Promise<string | undefined>;
}

/** Takes callbacks, where the profile has them. */
export function callbacksOf(
  config: Settled,
  parts: Pick<SideParts, 'inbox' | 'clock' | 'log'>,
  { heard, typing, chatOf }: CallbackListeners,
): Callbacks | undefined {
  const profile = profileOf(config);
  const { callbackSecrets: secrets } = config.serviceNow;
  if (profile.name !== 'va-bot' || !secrets) return undefined;
  const take = makeIntake({ ...parts, options: profile.options, chatOf, typing: (chat, on) => on && typing(chat) });
  return makeCallbacks({
    secrets,
    take: async (body) => {
      const taken = await take(body);
      if (taken === 'kept') heard();
      return taken;
    },
  });
}
