import { z } from 'zod';
import type { Answer } from '../../upstream/call';
import type { Check } from '../check';
import { broken, type Finding, good, risk } from '../finding';
import { readAs } from '../json';
import type { DoctorParts } from '../parts';

/** What a queue says of itself. */
export const queueShape = z.looseObject({
  result: z.looseObject({
    name: z.string().optional(),
    not_available: z.string().nullish(),
    average_wait_time: z.string().nullish(),
  }),
});
const agentsShape = z.looseObject({ result: z.array(z.unknown()) });

/** Whether each configured queue is there, takes chats now, and has somebody in it. */
export const serviceNowQueues: Check = {
  id: 'servicenow.queues',
  area: 'ServiceNow',
  async look(parts) {
    const { queue, queues, profile } = parts.config.serviceNow;
    if (profile !== 'connect-support') return [];
    const named: readonly (readonly [string, string])[] = [['SERVICENOW_QUEUE', queue], ...aliases(queues)];
    const wrong = named.filter(([, id]) => !parts.instance.isId(id)).map(([name]) => noId(name));
    const signedIn = await parts.instance.signedIn();
    if (signedIn.state !== 'in') return wrong;
    const ids = named.filter(([, id]) => parts.instance.isId(id));
    const looked = ids.map(async ([name, id]) => {
      const answer = id === queue ? signedIn.queue : await parts.instance.get(parts.options.paths.queue, { queue: id });
      return lookAt(parts, name, id, answer);
    });
    return [...wrong, ...(await Promise.all(looked)).flat()];
  },
};

function aliases(queues: Readonly<Record<string, string>>): (readonly [string, string])[] {
  return Object.entries(queues).map(([alias, id]) => [`"${alias}" of SERVICENOW_QUEUES`, id]);
}

async function lookAt(parts: DoctorParts, name: string, queue: string, answer: Answer): Promise<Finding[]> {
  if (answer.status === 403) return []; // the account's check speaks of it
  if (answer.status === 400) return [noConnect()];
  const found = readAs(answer.text, queueShape)?.result;
  if (answer.status === 404) return [absent(name)];
  if (!found) return [failing(name, answer.status)];
  if (found.not_available != null) return [closed(name, found.name)];
  const agents = await parts.instance.get(parts.options.paths.agents, { queue });
  const isEmpty = agents.status === 200 && readAs(agents.text, agentsShape)?.result.length === 0;
  return [isEmpty ? nobody(name, found.name) : good(`The queue ${called(name, found.name)} is there and takes chats.`)];
}

function called(name: string, title: string | undefined): string {
  return title ? `${title} (${name})` : `in ${name}`;
}

function noId(name: string): Finding {
  return broken({
    what: `What stands in ${name} is not the sys_id of a queue.`,
    why: 'The connector puts nothing into an address that is no id: no chat can be opened there.',
    who: 'who runs the connector',
    step: 'Open the queue in ServiceNow (chat_queue.list), use Copy sys_id of its menu (32 characters, 0-9 and a-f), and put that into the configuration. Ids of another form need "idPattern" in SERVICENOW_OPTIONS.',
  });
}

function noConnect(): Finding {
  return broken({
    what: 'The instance has no Connect Support: it does not know the address of queues.',
    why: 'SERVICENOW_PROFILE=connect-support works with the plugin com.glide.connect.support only.',
    who: 'ServiceNow administrator',
    step: 'Look in Plugins (v_plugin.list) whether Connect Support is active. Where it cannot be activated any more (releases after Utah), this version of the connector cannot work with the instance; where its calls lie elsewhere, set "paths" in SERVICENOW_OPTIONS.',
  });
}

function failing(name: string, status: number): Finding {
  return broken({
    what: `Asked for the queue in ${name}, ServiceNow answers ${status} and no queue.`,
    why: 'No chat can be opened there while it does so.',
    who: 'ServiceNow administrator',
    step:
      status === 429
        ? 'Raise the inbound REST rate limit of this user (sys_rate_limit_rules.list), or wait an hour.'
        : 'Run the doctor again in a minute. If it stays so, look into the system log of the instance (syslog.list) for this call.',
  });
}

function absent(name: string): Finding {
  return broken({
    what: `There is no queue with the id in ${name}, or the service account may not see it (404).`,
    why: 'Every hand-off to this queue fails, and the employee is told that no chat could be opened.',
    who: 'who runs the connector',
    step: 'Open the queue in ServiceNow (chat_queue.list), use Copy sys_id of its menu, and compare it with the configuration; it must be active.',
  });
}

function closed(name: string, title: string | undefined): Finding {
  return risk({
    what: `The queue ${called(name, title)} is closed at the moment.`,
    why: 'Who asks for a person now is told that the queue is closed, in the words of its field Not available.',
    who: 'ServiceNow administrator',
    step: 'Look at the Schedule of the queue (chat_queue.list) and its time zone. Outside of opening hours this is as it should be.',
  });
}

function nobody(name: string, title: string | undefined): Finding {
  return risk({
    what: `The queue ${called(name, title)} is open, but has no agents.`,
    why: 'Who asks for a person waits until QUEUE_TIMEOUT_MS has passed, and nobody comes.',
    who: 'ServiceNow administrator',
    step: 'Put agents into the Assignment group of the queue.',
  });
}
