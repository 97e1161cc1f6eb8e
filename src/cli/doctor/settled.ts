import type { Config } from '../../config/config';
import { ConfigProblems } from '../../config/problems';
import { ApiFailure } from '../../conversation/failures';
import { machineTime, makeClock } from '../../engine/clock';
import { type Choice, choose, NoProfile } from '../../servicenow/auto';
import type { Profile } from '../../servicenow/profiles';

export interface SettledConfig {
  readonly config: Config & { readonly serviceNow: { readonly profile: Profile['name'] } };
  /** Where the profile was left to the instance. */
  readonly choice?: Choice;
}

/** The configuration with the profile that the connector would take. Of an instance that does not answer the first checks say why. */
export async function settled(config: Config): Promise<SettledConfig> {
  const { serviceNow } = config;
  const under = (profile: Profile['name']) => ({ ...config, serviceNow: { ...serviceNow, profile } });
  if (serviceNow.profile !== 'auto') return { config: under(serviceNow.profile) };
  const takesCallbacks = serviceNow.callbackSecrets !== undefined;
  try {
    const choice = await choose({ ...serviceNow, takesCallbacks, clock: makeClock(machineTime) });
    return { config: under(choice.name), choice };
  } catch (error) {
    if (error instanceof NoProfile) throw new ConfigProblems([error.message]);
    if (error instanceof ApiFailure) return { config: under('connect-support') };
    throw error;
  }
}
