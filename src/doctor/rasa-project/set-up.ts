import { isFields } from '../../rasa/schema';
import { declarationOf } from '../checks/rasa-tracker';
import { broken, type Finding, risk } from '../finding';
import { type Domain, mirroredSlots } from '../rasa-domain';
import type { Project, ProjectFile } from './read';
import { pathsOf } from './story';

const author = 'author of the Rasa bot';

/** What stands beside the dialogue: channels, policies, slots. */
export function setUpFindings(project: Project, domain: Domain, tracker: boolean): Finding[] {
  return [
    ...channel(project),
    ...policies(project),
    ...calm(project),
    ...(tracker ? slots(domain) : []),
    ...variations(domain),
  ];
}

function named(project: Project, name: RegExp): ProjectFile | undefined {
  return project.files.find((file) => name.test(file.name));
}

function channel(project: Project): Finding[] {
  const credentials = named(project, /(^|[\\/])credentials\.ya?ml$/);
  if (!credentials || 'rest' in credentials.content) return [];
  return [
    broken({
      what: `${credentials.name} does not switch the REST channel on.`,
      why: 'The connector speaks to Rasa through it: the assistant answers nobody.',
      who: 'who runs Rasa',
      step: `Add the line "rest:" to ${credentials.name} and start Rasa again.`,
    }),
  ];
}

function policyNames(project: Project): string[] | undefined {
  const config = project.files.find(({ content }) => 'pipeline' in content || 'policies' in content)?.content;
  if (!config || !Array.isArray(config.policies)) return undefined; // none named: Rasa takes its own
  return config.policies.flatMap((policy) => (isFields(policy) ? [String(policy.name)] : []));
}

function policies(project: Project): Finding[] {
  const names = policyNames(project);
  if (!names) return [];
  const found: Finding[] = [];
  if (pathsOf(project).some(({ kind }) => kind === 'rules') && !names.some((name) => /RulePolicy$/.test(name))) {
    found.push(
      broken({
        what: 'There are rules, but config.yml has no RulePolicy.',
        why: 'No rule is ever followed, also not that of the hand-off.',
        who: author,
        step: 'Add "- name: RulePolicy" under "policies:" in config.yml, and train again.',
      }),
    );
  }
  const own = names.find((name) => /hand_?-?(off|over)/i.test(name));
  if (own) found.push(inRasa(own));
  return found;
}

/** The hand-off inside of Rasa that this product takes the place of. */
function inRasa(policy: string): Finding {
  return risk({
    what: `The policy ${policy} keeps the conversation in Rasa while a live chat goes on.`,
    why: 'The connector holds the live chat: after it, turns could be caught by the old hand-off and be answered by nobody.',
    who: author,
    step: `Take ${policy} out of config.yml, let the action that opened chats be a response with custom: {handoff: {…}}, and train again.`,
  });
}

function calm(project: Project): Finding[] {
  const paths = pathsOf(project);
  const isCalm = paths.some(({ kind }) => kind === 'flows');
  if (!isCalm || paths.some(({ kind, name }) => kind === 'flows' && name === 'pattern_human_handoff')) return [];
  return [
    risk({
      what: 'The bot has flows, and leaves pattern_human_handoff as Rasa brings it.',
      why: 'Rasa understands that a person is wanted, and answers that there is none.',
      who: author,
      step: 'Add to a flows file: flows: {pattern_human_handoff: {description: calls a live agent, steps: [{action: utter_live_agent}]}}, where utter_live_agent is a response with custom: {handoff: {reason: user_request}}; train again.',
    }),
  ];
}

function slots(domain: Domain): Finding[] {
  const declared = domain.slots ?? {};
  const missing = mirroredSlots.filter((name) => !(name in declared));
  const influential = mirroredSlots.filter(
    (name) => declared[name] && declared[name]?.influence_conversation !== false,
  );
  const found: Finding[] = [];
  if (missing.length > 0) {
    found.push(
      risk({
        what: `The domain does not declare ${missing.join(', ')}.`,
        why: 'Rasa ignores values of slots that are not declared: the bot does not know of the live chat.',
        who: author,
        step: `Declare under "slots:", and train again: ${missing.map(declarationOf).join('; ')}.`,
      }),
    );
  }
  if (influential.length > 0) {
    found.push(
      risk({
        what: `${influential.join(', ')} influences the dialogue.`,
        why: 'When the connector sets it, rules and stories that do not name it do not fit any more.',
        who: author,
        step: `Add influence_conversation: false to ${influential.join(', ')}, unless your rules use it, and train again.`,
      }),
    );
  }
  return found;
}

/** Variations are chosen by the channel's name, which over REST is none of Teams'. */
function variations(domain: Domain): Finding[] {
  const lost = Object.entries(domain.responses ?? {}).flatMap(([name, all]) =>
    (all ?? []).some((one) => isFields(one) && /^(botframework|msteams|teams)$/i.test(String(one.channel)))
      ? [name]
      : [],
  );
  if (lost.length === 0) return [];
  return [
    risk({
      what: `${lost.join(', ')} has words for the channel of Teams only.`,
      why: 'The connector speaks through the REST channel: these words are never chosen.',
      who: author,
      step: `Take "channel:" away from those variations of ${lost.join(', ')}, and train again.`,
    }),
  ];
}
