import { z } from 'zod';
import type { Check } from '../check';
import { type Finding, good, risk, unseen } from '../finding';
import { readAs } from '../json';

/** After so many seconds without a word the requester is asked, and after so many more the chat is closed. */
const idleProperties = { 'connect.support.idle.delay': 120, 'connect.support.idle.count_down': 60 } as const;
const names = Object.keys(idleProperties) as (keyof typeof idleProperties)[];

const shape = z.looseObject({ result: z.array(z.looseObject({ name: z.string(), value: z.string() })) });

/** Whether ServiceNow itself cuts off people who think for a while. */
export const serviceNowTimeouts: Check = {
  id: 'servicenow.timeouts',
  area: 'ServiceNow',
  async look({ instance, options, config }) {
    // They are Connect Support's. With Agent Chat the application tells the platform that the employee is there.
    if (config.serviceNow.profile !== 'connect-support') return [];
    const signedIn = await instance.signedIn();
    if (signedIn.state !== 'in' || signedIn.queue.status !== 200) return [];
    const query = { sysparm_query: `nameIN${names.join(',')}`, sysparm_fields: 'name,value', sysparm_limit: 10 };
    const answer = await instance.get(options.paths.properties, {}, query);
    const properties = answer.status === 200 ? readAs(answer.text, shape)?.result : undefined;
    if (properties === undefined) return [notReadable(answer.status)];
    return [judged(properties, config.rules.idleTimeoutMs)];
  },
};

function judged(properties: readonly { readonly name: string; readonly value: string }[], ourIdleMs: number): Finding {
  const secondsOf = (name: keyof typeof idleProperties) => {
    const set = Number(properties.find((one) => one.name === name)?.value);
    return set > 0 ? set : idleProperties[name];
  };
  const seconds = names.reduce((sum, name) => sum + secondsOf(name), 0);
  const ours = ourIdleMs === 0 ? Number.POSITIVE_INFINITY : ourIdleMs / 1_000;
  if (seconds >= ours) return good('ServiceNow waits longer for a silent employee than the connector does.');
  return risk({
    what: `ServiceNow may close a chat after ${seconds} seconds without a word of the employee; the connector would wait ${ours === Number.POSITIVE_INFINITY ? 'for ever' : `${ours} seconds`}.`,
    why: 'Who tries for a while what the agent asked for loses the chat. (Whether this release counts it for chats of the API is not documented.)',
    who: 'ServiceNow administrator',
    step: `Raise ${names[0]} (sys_properties.list) to ${Number.isFinite(ours) ? ours : 1_800} or more, then stay silent in one chat for ${Math.ceil(seconds / 60)} minutes and see whether it lives.`,
  });
}

function notReadable(status: number): Finding {
  return unseen({
    what: `ServiceNow's own idle time-outs cannot be read by the service account (${status}), which needs no right to it.`,
    why: 'If they are short, who tries for a while what the agent asked for loses the chat.',
    who: 'ServiceNow administrator',
    step: `Look at ${names.join(' and ')} in sys_properties.list: together they should be longer than IDLE_TIMEOUT_MS (the values there are seconds).`,
  });
}
