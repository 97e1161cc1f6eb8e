import type { Bot } from '../bot/bot';
import { actionOf, intentsOf, type Rule, type Script, type Utterance } from '../dialogue/script';
import type { Settings } from '../settings';
import { ApiError } from './errors';
import { type Answer, json, type RasaRequest } from './exchange';

/** The domain of the running bot. Rasa looks at the end of the Accept header; YAML is not played. */
export function domainOf(bot: Bot, { headers }: RasaRequest): Answer {
  if (headers.accept !== undefined && !headers.accept.endsWith('json')) {
    throw new ApiError('InvalidHeader', 'The Accept header names neither JSON nor YAML.');
  }
  return json(200, domainFrom(bot.script(), bot.settings, Object.keys(bot.trackers.draft('default').state.slots)));
}

function domainFrom(script: Script, settings: Settings, slots: readonly string[]) {
  const said = script.rules.filter(isResponse);
  const code = script.rules.filter((rule) => !isResponse(rule));
  return {
    version: settings.version.startsWith('3.0') ? '3.0' : '3.1',
    intents: [...new Set([...intentsOf(script), ...settings.declaredIntents])],
    entities: Object.keys(script.entities),
    slots: Object.fromEntries(slots.map((name) => [name, declared])),
    responses: Object.fromEntries(said.map((rule) => [actionOf(rule), rule.reply.map(variation)])),
    actions: [...new Set(code.map(actionOf))],
    forms: {},
  };
}

const declared = { type: 'any', influence_conversation: false, mappings: [{ type: 'custom' }] };

/** What is said under another name than a response's comes from code, and does not stand in the domain. */
function isResponse(rule: Rule): boolean {
  return actionOf(rule).startsWith('utter_');
}

function variation({ afterMs: _, ...words }: Utterance): Omit<Utterance, 'afterMs'> {
  return words;
}
