import type { RuleInput, ScriptInput, Utterance } from '../dialogue/script';
import { demoEntities, demoIntents } from './demo-vocabulary';
import type { DemoWords, Topic } from './demo-words';
import { demoWordsDe } from './demo-words-de';
import { demoWordsEn } from './demo-words-en';

const topics: readonly Topic[] = ['vpn', 'password', 'equipment'];

type SlotIs = { readonly name: string; readonly value: unknown };

/** The assistant of the demo: it helps with everyday trouble in two languages, and knows when to call a colleague. */
export const demo: ScriptInput = {
  intents: demoIntents,
  entities: demoEntities,
  slots: ['language', 'topic'],
  rules: [...rulesFor(demoWordsDe, [{ name: 'language', value: 'de' }]), ...rulesFor(demoWordsEn, [])],
  fallback: [
    { when: { slot: { name: 'language', value: 'de' } }, ...fallback(demoWordsDe) },
    { ...fallback(demoWordsEn) },
  ],
};

function rulesFor(words: DemoWords, inLanguage: SlotIs[]): RuleInput[] {
  const rules: RuleInput[] = [
    { when: { intent: 'restart' }, reply: [{ text: words.restart }], events: [{ event: 'restart' }] },
    { when: { intent: 'EXTERNAL_live_chat_ended' }, reply: [offer(words, `${words.welcomeBack} ${words.stillThere}`)] },
    { when: { cleared: 'live_chat_id' }, continue: true, reply: [{ text: words.welcomeBack }] },
    { when: { intent: 'vpn_problem' }, reply: [advice(words, words.vpn)], events: [about('vpn')] },
    { when: { intent: 'password_reset' }, reply: [advice(words, words.password)], events: [about('password')] },
    { when: { intent: 'equipment' }, reply: catalogue(words), events: [about('equipment')] },
    { when: { intent: 'order_device' }, reply: [{ text: words.ordered }], events: [about(null)] },
    { when: { intent: 'problem_solved' }, reply: [{ text: words.solved }], events: [about(null)] },
    { when: { intent: 'thanks' }, reply: [{ text: words.thanks }] },
    { when: { intent: 'greet' }, reply: [offer(words, words.greeting)] },
  ];
  const spoken = rules.map((rule) => ({ ...rule, when: { ...rule.when, slot: inLanguage } }));
  return [...spoken, ...topics.map((topic) => handoff(words, inLanguage, topic)), handoff(words, inLanguage)];
}

/** The agent is told what the trouble was about, as far as the bot knows. */
function handoff(words: DemoWords, inLanguage: SlotIs[], topic?: Topic): RuleInput {
  const request = { reason: 'user_request', short_description: words.problems[topic ?? 'other'] };
  return {
    when: { intent: 'talk_to_live_agent', slot: [...inLanguage, ...(topic ? [{ name: 'topic', value: topic }] : [])] },
    action: 'action_live_agent',
    reply: [{ text: words.connecting }, { custom: { handoff: request } }],
    events: [about(null)],
  };
}

/** Steps to try, in one message, and the two ways on. */
function advice(words: DemoWords, steps: readonly string[]): Utterance {
  const fixed = { title: words.fixed, payload: '/problem_solved' };
  return { text: steps.join('\n\n'), buttons: [fixed, agentButton(words)] };
}

function catalogue(words: DemoWords): Utterance[] {
  const elements = words.devices.map(({ title, subtitle }) => ({
    title,
    subtitle,
    buttons: [{ title: words.order, payload: `/order_device{"device": "${title}"}` }],
  }));
  return [{ text: words.catalogue }, { custom: { elements } }];
}

function offer(words: DemoWords, text: string): Utterance {
  const { vpn, password, equipment } = words.choices;
  return {
    text,
    buttons: [
      { title: vpn, payload: '/vpn_problem' },
      { title: password, payload: '/password_reset' },
      { title: equipment, payload: '/equipment' },
      agentButton(words),
    ],
  };
}

function agentButton({ agent }: DemoWords): { title: string; payload: string } {
  return { title: agent, payload: '/talk_to_live_agent' };
}

function fallback(words: DemoWords): RuleInput {
  return { action: 'action_default_fallback', reply: [offer(words, words.fallback)] };
}

function about(topic: Topic | null): { event: string; name: string; value: Topic | null } {
  return { event: 'slot', name: 'topic', value: topic };
}
