import type { Config } from '../../config/config';
import type { Check } from '../check';
import { broken, type Finding, good, risk, unseen } from '../finding';
import { readAs } from '../json';
import { customActionsOf, type Domain, domainShape, type HandoffNames, handoffForms, inRecords } from '../rasa-domain';

/** Whether the running bot can call for a live agent in a form that the connector knows. */
export const rasaHandoff: Check = {
  id: 'rasa.handoff',
  area: 'Rasa',
  async look({ rasa, config }) {
    const answer = await rasa.domain().catch(() => undefined);
    if (!answer) return [];
    const domain = answer.status === 200 ? readAs(answer.text, domainShape) : undefined;
    return [domain ? judged(domain, handoffNamesOf(config)) : notSeen()];
  },
};

/** What the connector takes for a hand-off. */
export function handoffNamesOf({ rasa, serviceNow }: Config): HandoffNames {
  return { ...rasa.triggers, queues: Object.keys(serviceNow.queues), tracker: rasa.tracker };
}

function judged(domain: Domain, names: HandoffNames): Finding {
  const [first] = handoffForms(domain, names);
  if (first) return good(`The bot can call for a live agent (${first.form}: ${first.by}).`);
  const [unused] = names.tracker ? [] : inRecords(domain, names);
  if (unused) return needsTracker(unused.by);
  const actions = customActionsOf(domain);
  return actions.length > 0 ? bySomeAction(actions.length) : none();
}

export const handoffStep =
  'Add to the domain: responses: {utter_live_agent: [{text: "I am calling a colleague.", custom: {handoff: {reason: user_request}}}]}, let a rule of the intent that asks for a person run utter_live_agent, and train again.';

export function none(): Finding {
  return broken({
    what: 'Nothing that the bot says calls for a live agent.',
    why: 'Who asks the bot for a person gets none; only the command /live_agent works.',
    who: 'author of the Rasa bot',
    step: handoffStep,
  });
}

export function needsTracker(by: string): Finding {
  return broken({
    what: `The bot calls for a live agent by ${by}, which only shows in the tracker, and the tracker is not used.`,
    why: 'Who asks the bot for a person gets none; only the command /live_agent works.',
    who: 'who runs the connector',
    step: 'Set RASA_TRACKER=1 (Rasa has to run with --enable-api).',
  });
}

function bySomeAction(count: number): Finding {
  return risk({
    what: `No response of the domain calls for a live agent; whether one of its ${count} custom actions does cannot be seen.`,
    why: 'If none does, who asks the bot for a person gets none; only the command /live_agent works.',
    who: 'author of the Rasa bot',
    step: `Ask the bot in Teams for a person and see the chat on the agent's desk. If none comes: let the action send dispatcher.utter_message(json_message={"handoff": {"reason": "user_request"}}).`,
  });
}

function notSeen(): Finding {
  return unseen({
    what: 'Whether the bot can call for a live agent cannot be seen: its domain cannot be read from the server.',
    why: 'If it cannot, only the command /live_agent works.',
    who: 'author of the Rasa bot',
    step: "Run the doctor with --rasa-project <folder of the bot>; or ask the bot in Teams for a person and see the chat on the agent's desk.",
  });
}
