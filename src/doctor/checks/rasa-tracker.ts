import type { Check } from '../check';
import { broken, type Finding, good, risk } from '../finding';
import { readAs } from '../json';
import { domainShape, mirroredSlots } from '../rasa-domain';

/** Whether the tracker is there when it is to be used, and has the slots that are mirrored. */
export const rasaTracker: Check = {
  id: 'rasa.tracker',
  area: 'Rasa',
  async look({ rasa, config }) {
    const version = await rasa.version().catch(() => undefined);
    if (!version) return [];
    const isOn = version.status === 200;
    if (!config.rasa.tracker) return [notUsed(isOn)];
    if (!isOn) return [missing(version.status)];
    const answer = await rasa.domain();
    const domain = answer.status === 200 ? readAs(answer.text, domainShape) : undefined;
    if (!domain) return [];
    const undeclared = mirroredSlots.filter((name) => !(name in (domain.slots ?? {})));
    return [
      undeclared.length === 0 ? good('The tracker is on and has the slots of the live chat.') : slots(undeclared),
    ];
  },
};

function notUsed(isOn: boolean): Finding {
  if (!isOn) return good('The tracker is not used (RASA_TRACKER is not set).');
  return risk({
    what: "Rasa's HTTP API is on, but the tracker is not used (RASA_TRACKER is not set).",
    why: 'An answer that is lost on the way is not looked up: the employee is asked to write again. A slot, a pause or an action does not call for an agent.',
    who: 'who runs the connector',
    step: 'Set RASA_TRACKER=1.',
  });
}

function missing(status: number): Finding {
  return broken({
    what: `RASA_TRACKER=1 is set, but Rasa's HTTP API is off (${status}).`,
    why: 'Every turn pays for a call that fails; hand-offs by slot, pause or action never happen, slots are not mirrored.',
    who: 'who runs Rasa',
    step: 'Start Rasa with --enable-api and --auth-token, and set RASA_TOKEN to the same value; or remove RASA_TRACKER.',
  });
}

function slots(undeclared: readonly string[]): Finding {
  return risk({
    what: `The domain does not declare ${undeclared.join(', ')}.`,
    why: 'Rasa ignores values of slots that are not declared: the bot does not know of the live chat.',
    who: 'author of the Rasa bot',
    step: `Declare under "slots:" in the domain, and train again: ${undeclared.map(declarationOf).join('; ')}.`,
  });
}

/** The line of the domain that declares a slot, written in one line of YAML. */
export function declarationOf(name: string): string {
  const type = name === 'handoff_active' ? 'bool' : 'any';
  return `${name}: {type: ${type}, influence_conversation: false, mappings: [{type: custom}]}`;
}
