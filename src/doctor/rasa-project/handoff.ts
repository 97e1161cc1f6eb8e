import { targetNamed } from '../../rasa/handoff-request';
import { type Fields, isFields, readItem } from '../../rasa/schema';
import { handoffStep, needsTracker, none } from '../checks/rasa-handoff';
import { broken, type Finding, good, risk } from '../finding';
import { customActionsOf, type Domain, type HandoffNames, handoffForms, inRecords, namesOf } from '../rasa-domain';
import type { Project } from './read';
import { type Path, pathsOf, taughtIntents } from './story';

const author = 'author of the Rasa bot';
const noPerson = 'Who asks the bot for a person gets none; only the command /live_agent works.';

/** Whether a form of hand-off can fire: something says it, on a path that can be reached. */
export function handoffFindings(project: Project, domain: Domain, names: HandoffNames): Finding[] {
  const paths = pathsOf(project);
  return [...fires(project, domain, names, paths), ...targets(domain, names), ...undeclared(domain, names, paths)];
}

function fires(project: Project, domain: Domain, names: HandoffNames, paths: readonly Path[]): Finding[] {
  const forms = handoffForms(domain, names).filter(({ form }) => form !== 'slot');
  const code = customActionsOf(domain);
  if (forms.length === 0) return [withoutForm(domain, names, code.length)];
  const used = forms.filter(({ by }) => paths.some(({ actions }) => actions.includes(by)));
  const [first] = used;
  if (!first)
    return [
      unused(
        forms.map(({ by }) => by),
        code.length,
      ),
    ];
  const ways = paths.filter(({ actions }) => used.some(({ by }) => actions.includes(by)));
  const unheard = notUnderstood(project, domain, ways);
  return unheard.length > 0
    ? unheard
    : [good(`A hand-off can fire (${first.form}: ${first.by}, in ${ways[0]?.name}).`)];
}

function withoutForm(domain: Domain, names: HandoffNames, code: number): Finding {
  const [slot] = inRecords(domain, names);
  if (slot && !names.tracker) return needsTracker(slot.by);
  if (code === 0) return none();
  return risk({
    what: 'No response of the domain calls for a live agent; whether a custom action does cannot be seen from its files.',
    why: `If none does: ${noPerson}`,
    who: author,
    step: handoffStep,
  });
}

function unused(by: readonly string[], code: number): Finding {
  const what = `${by.join(', ')} calls for a live agent, but no rule, story or flow says it.`;
  const step = `Let a rule of the intent that asks for a person run ${by[0]}, and train again.`;
  // An action written in Python may say it.
  return code > 0
    ? risk({ what, why: noPerson, who: author, step })
    : broken({ what, why: noPerson, who: author, step });
}

/** Paths into the hand-off are of use when one of their intents can be understood; flows need no intents. */
function notUnderstood(project: Project, domain: Domain, ways: readonly Path[]): Finding[] {
  if (ways.some(({ kind, intents }) => kind === 'flows' || intents.length === 0)) return [];
  const wanted = [...new Set(ways.flatMap(({ intents }) => intents))];
  const known = new Set(namesOf(domain.intents));
  const taught = taughtIntents(project);
  if (wanted.some((intent) => known.has(intent) && (taught.size === 0 || taught.has(intent)))) return [];
  const missing = wanted.filter((intent) => !known.has(intent));
  return [
    broken({
      what:
        missing.length > 0
          ? `The hand-off waits for the intent ${missing.join(', ')}, which the domain does not have.`
          : `The hand-off waits for the intent ${wanted.join(', ')}, for which there are no examples.`,
      why: noPerson,
      who: author,
      step:
        missing.length > 0
          ? `Add ${missing.join(', ')} under "intents:" of the domain, with examples in data/nlu.yml, and train again.`
          : `Add examples of ${wanted.join(', ')} to data/nlu.yml ("live agent", "a real person" …), and train again.`,
    }),
  ];
}

/** Where hand-offs say that they go. */
function targets(domain: Domain, names: HandoffNames): Finding[] {
  return Object.entries(domain.responses ?? {}).flatMap(([response, variations]) =>
    (variations ?? []).flatMap(readItem).flatMap(({ custom }) => (custom ? targetsIn(response, custom, names) : [])),
  );
}

function targetsIn(response: string, custom: Fields, names: HandoffNames): Finding[] {
  const inside = isFields(custom.handoff) ? custom.handoff : custom;
  const isUnknown = (name: unknown) => typeof name === 'string' && targetNamed(name, names) === undefined;
  const queues = [inside.queue, inside.to].filter(isUnknown).map((name) => unknownQueue(response, String(name)));
  const host = custom.handoff_host;
  const isHandoff = 'handoff' in custom || custom.handoff_to_human === true;
  return !isHandoff && isUnknown(host) ? [unknownHost(response, String(host))] : isHandoff ? queues : [];
}

function unknownQueue(response: string, queue: string): Finding {
  return risk({
    what: `${response} hands over to the queue "${queue}", which SERVICENOW_QUEUES does not name.`,
    why: 'The chat goes to the default queue, to agents of another trade.',
    who: 'who runs the connector',
    step: `Add "${queue}" with the sys_id of its queue to SERVICENOW_QUEUES, or correct the name in ${response}.`,
  });
}

function unknownHost(response: string, host: string): Finding {
  return broken({
    what: `${response} hands over to the host "${host}", which the connector does not know: it is no hand-off.`,
    why: noPerson,
    who: author,
    step: `Write handoff_host: servicenow in ${response}, or name "${host}" in SERVICENOW_QUEUES or under "hosts" in LIVE_CHAT_TRIGGERS.`,
  });
}

/** What paths name and the domain does not have: training drops or refuses such a path. */
function undeclared(domain: Domain, { actions }: HandoffNames, paths: readonly Path[]): Finding[] {
  const known = new Set([...Object.keys(domain.responses ?? {}), ...namesOf(domain.actions)]);
  return paths.flatMap(({ kind, name, actions: named }) =>
    named
      .filter(
        (action) => !known.has(action) && (actions.includes(action) || (kind !== 'flows' && /^utter_/.test(action))),
      )
      .map((action) => notDeclared(action, name)),
  );
}

function notDeclared(action: string, path: string): Finding {
  return broken({
    what: `"${path}" names ${action}, which the domain does not have.`,
    why: 'Rasa does not train with it, or the bot says nothing at this place.',
    who: author,
    step: `Add ${action} under "${action.startsWith('utter_') ? 'responses' : 'actions'}:" of the domain, and train again.`,
  });
}
