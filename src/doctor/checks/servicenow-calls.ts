import { z } from 'zod';
import type { Answer } from '../../upstream/call';
import type { Check } from '../check';
import { broken, type Finding, good, risk, unseen } from '../finding';
import { readAs } from '../json';
import type { DoctorParts } from '../parts';

/** An id that no chat has. */
const nobodysChat = '0'.repeat(32);
const rows = z.looseObject({ result: z.array(z.unknown()) });
const aclError = z.looseObject({ error: z.unknown() });

/** Whether the instance has the calls that a chat is read and left with. None of them is carried out on a chat. */
export const serviceNowCalls: Check = {
  id: 'servicenow.calls',
  area: 'ServiceNow',
  async look(parts) {
    const { instance, options, config } = parts;
    if (config.serviceNow.profile !== 'connect-support') return [];
    const signedIn = await instance.signedIn();
    // What the queue is refused with, these calls would be, too.
    if (signedIn.state !== 'in' || ![200, 404].includes(signedIn.queue.status)) return [];
    const { paths } = options;
    const { queue } = config.serviceNow;
    const [list, entries] = await Promise.all([
      instance.get(paths.list, { queue }),
      instance.get(paths.entries, {}, { queue_id: queue, closed: 'false' }),
    ]);
    // The chats of a queue that is not there cannot be listed, whatever the instance has.
    const lists = signedIn.queue.status === 200 ? [listing(list, options.listCall)] : [];
    return [...(await onOneChat(parts)), ...lists, stateOf(entries)];
  },
};

async function onOneChat({ instance, options }: DoctorParts): Promise<Finding[]> {
  if (!instance.isId(nobodysChat)) return [notTried()];
  const [read, leave] = await Promise.all([
    instance.get(options.paths.messages, { chat: nobodysChat }),
    instance.get(options.paths.leave, { chat: nobodysChat }),
  ]);
  return [reading(read), leaving(leave)];
}

/** Asked for a chat that does not exist, the right answer is that there is none. */
function reading({ status, text }: Answer): Finding {
  const isRule = status === 403 && readAs(text, aclError) !== undefined;
  if (!isRule && [200, 403, 404].includes(status)) return good('Threads can be read.');
  return broken({
    what: isRule
      ? 'An access rule keeps the service account from reading threads (403).'
      : `${lacking(status)} read a thread.`,
    why: 'What agents write would never reach the employee.',
    who: 'ServiceNow administrator',
    step: isRule
      ? 'Give the user of the service account the roles that the property connect.roles names (sys_properties.list).'
      : 'Set "paths": {"messages": …} in SERVICENOW_OPTIONS to where this instance has the call (README.md), or mend the instance when it answers 5xx.',
  });
}

/** A GET where only a POST is known is refused as a wrong method, and nothing is left. */
function leaving({ status }: Answer): Finding {
  if (status === 405) return good('The call that leaves a chat is there.');
  if (status === 400) {
    return broken({
      what: `${lacking(status)} leave a chat.`,
      why: 'Chats would stay open in ServiceNow after the employee has ended them.',
      who: 'ServiceNow administrator',
      step: 'Set "paths": {"leave": …} and "leaveMethod" in SERVICENOW_OPTIONS to what this instance has (README.md).',
    });
  }
  return unseen({
    what: `Whether chats can be left cannot be seen without leaving one (the address answers ${status}).`,
    why: 'Without the call, chats would stay open in ServiceNow after the employee has ended them.',
    who: 'who runs the connector',
    step: 'Open a chat from Teams, type /end_chat, and see that the chat ends on the agent’s desk.',
  });
}

function listing({ status, text }: Answer, listCall: 'auto' | 'on' | 'off'): Finding {
  if (listCall === 'off') return good('Threads are read one by one ("listCall": "off").');
  if (status === 200 && readAs(text, rows)) return good('One call lists all chats of a queue.');
  const trouble = {
    what: `The instance does not list the chats of a queue (${status}).`,
    why: 'Threads are read one by one, at most every five seconds each: more calls, and agents’ words come later.',
    who: 'ServiceNow administrator',
    step: 'Set "paths": {"list": …} in SERVICENOW_OPTIONS to where this instance has the call; where it has none, set "listCall": "off".',
  } as const;
  return listCall === 'on' ? broken(trouble) : risk(trouble);
}

function stateOf({ status, text }: Answer): Finding {
  if (status === 200 && readAs(text, rows)) return good('The state of queue entries can be read.');
  return risk({
    what: `The state of queue entries cannot be read (${status}).`,
    why: 'No position in the queue is shown, and the end of a chat is known only by the closing sentence in its thread.',
    who: 'ServiceNow administrator',
    step: 'Set "paths": {"entries": …} in SERVICENOW_OPTIONS to where this instance has the call. If it has none: give agents the role live_feed_admin, so that their closing sentence is written into the chat, and put its wording into LIVE_CHAT_CLOSING_PATTERNS.',
  });
}

function lacking(status: number): string {
  return status === 400 ? 'The instance does not know the call to' : `The instance answers ${status} to the call to`;
}

function notTried(): Finding {
  return unseen({
    what: 'Reading and leaving cannot be tried: with this "idPattern" there is no id that belongs to nobody.',
    why: 'If the calls are not there, agents’ words do not reach the employee and chats stay open.',
    who: 'who runs the connector',
    step: 'Hold one chat from Teams and end it with /end_chat.',
  });
}
