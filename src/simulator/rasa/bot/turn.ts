import { itemsOf } from '../dialogue/collector';
import { applies } from '../dialogue/match';
import { actionOf, type Rule, type Utterance } from '../dialogue/script';
import type { NewEvent } from '../events';
import { hexId } from '../random';
import type { Turn } from './bot';
import { listen, startSession } from './session';

/** Something the script wants to go wrong. */
export class ScriptedFailure extends Error {}

/** Plays the first rule that applies, and those it leads on to, then listens. */
export async function playRules(turn: Turn): Promise<void> {
  for (const rule of turn.bot.script().rules) {
    const { draft, heard, channel } = turn;
    const now = { text: heard.text, intent: heard.intent.name, channel, state: draft.state, events: draft.events };
    if (!applies(rule.when, now)) continue;
    await perform(turn, rule);
    if (!rule.continue) break;
  }
  if (turn.draft.state.latestAction !== 'action_listen') listen(turn.draft);
}

/** Does what one rule says. */
export async function perform(turn: Turn, rule: Rule): Promise<void> {
  const { bot, draft, signal } = turn;
  await pause(turn, (rule.delayMs ?? 0) + latency(turn));
  signal.throwIfAborted();
  if (rule.fail === true) throw new ScriptedFailure('The script fails here.');
  const action = actionOf(rule);
  draft.append({ event: 'action', name: action, policy: 'RulePolicy', confidence: 1, action_text: null });
  for (const [at, utterance] of rule.reply.entries()) {
    if (rule.fail === at) throw new ScriptedFailure(`The script fails after ${at} utterances.`);
    await utter(turn, utterance, action);
  }
  if (typeof rule.fail === 'number') throw new ScriptedFailure('The script fails at the end.');
  for (const event of rule.events) draft.append(filledIn(turn, event));
  if (draft.state.followup === 'action_session_start') startSession(bot, draft);
}

async function utter(turn: Turn, utterance: Utterance, action: string): Promise<void> {
  const { draft, signal } = turn;
  await pause(turn, utterance.afterMs ?? 0);
  signal.throwIfAborted();
  const { text = null, buttons, quick_replies, elements, custom, image, attachment, metadata } = utterance;
  const parts = { elements, quick_replies, buttons, attachment, image, custom };
  const data = Object.fromEntries(Object.entries(parts).map(([key, value]) => [key, value ?? null]));
  draft.append({ event: 'bot', text, data, metadata: { utter_action: action, ...metadata } });
  await turn.output.say(itemsOf(draft.id, utterance), utterance);
  signal.throwIfAborted();
}

/** In scripted events, `{{id}}` is a new id and `{{now}}` the time. */
function filledIn({ bot }: Turn, event: NewEvent): NewEvent {
  if (typeof event.value !== 'string') return event;
  const value = event.value
    .replaceAll('{{id}}', () => hexId(bot.random))
    .replaceAll('{{now}}', new Date(bot.clock.now()).toISOString());
  return { ...event, value };
}

function latency({ bot }: Turn): number {
  const [from, to] = bot.settings.latencyMs;
  return from + Math.round(bot.random() * (to - from));
}

async function pause({ bot, signal }: Turn, ms: number): Promise<void> {
  if (ms > 0) await bot.clock.sleep(ms, signal);
}
