import { z } from 'zod';
import type { Answer } from '../../upstream/call';
import type { Check } from '../check';
import { broken, type Finding, good, risk } from '../finding';
import { readAs } from '../json';

const queueShape = z.looseObject({ result: z.looseObject({ open: z.boolean() }) });
const logShape = z.looseObject({ result: z.looseObject({ last: z.number() }) });
const errorShape = z.looseObject({ error: z.looseObject({ code: z.string() }) });

/** Whether the application of the profile `scripted` is there, tells of changes, and knows each configured queue. */
export const serviceNowApp: Check = {
  id: 'servicenow.app',
  area: 'ServiceNow',
  async look({ config, instance, options }) {
    const { profile, queue, queues } = config.serviceNow;
    if (profile !== 'scripted') return [];
    const signedIn = await instance.signedIn();
    if (signedIn.state !== 'in' || signedIn.queue.status === 403) return [];
    if (!isOfApp(signedIn.queue)) return [notInstalled(signedIn.queue.status)];
    const aliases = Object.entries(queues).map(([alias, id]) => [`"${alias}" of SERVICENOW_QUEUES`, id] as const);
    const looked = [['SERVICENOW_QUEUE', queue] as const, ...aliases].map(async ([name, id]) =>
      lookAt(name, id === queue ? signedIn.queue : await instance.get(options.paths.queue, { queue: id })),
    );
    const log = await instance.get(options.paths.entries);
    return [...(await Promise.all(looked)), readable(log)];
  },
};

/** The application says by a code what it does not know; the platform does not know of codes. */
function isOfApp({ text }: Answer): boolean {
  return readAs(text, queueShape) !== undefined || readAs(text, errorShape) !== undefined;
}

function notInstalled(status: number): Finding {
  return broken({
    what: `The instance does not have the application Teams Live Chat, or has it elsewhere (${status}).`,
    why: 'SERVICENOW_PROFILE=scripted works with this application only.',
    who: 'ServiceNow administrator',
    step: 'Install it as servicenow-app/README.md says. Where it was installed under another scope, set "base" in SERVICENOW_OPTIONS.',
  });
}

function lookAt(name: string, { status, text }: Answer): Finding {
  const found = readAs(text, queueShape)?.result;
  if (!found) {
    return broken({
      what: `There is no queue with the id in ${name} (${status}).`,
      why: 'Every hand-off to this queue fails, and the employee is told that no chat could be opened.',
      who: 'who runs the connector',
      step: 'Open the queue in ServiceNow (awa_queue.list), use Copy sys_id of its menu, and put that into the configuration.',
    });
  }
  if (found.open) return good(`The queue in ${name} is there and takes chats.`);
  return risk({
    what: `The queue in ${name} is closed at the moment.`,
    why: 'Who asks for a person now is told so, in the words of the property x_tlc.closed_message.',
    who: 'ServiceNow administrator',
    step: 'Look at the Schedule of the queue (awa_queue.list) and its time zone. Outside of opening hours this is as it should be.',
  });
}

function readable({ status, text }: Answer): Finding {
  if (readAs(text, logShape)) return good('The changes of all chats can be read by one call.');
  return broken({
    what: `The log of changes cannot be read (${status}).`,
    why: 'What agents write would not reach the employee.',
    who: 'ServiceNow administrator',
    step: 'Look into the system log of the instance (syslog.list) for Teams Live Chat.',
  });
}
