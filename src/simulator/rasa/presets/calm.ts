import type { ScriptInput } from '../dialogue/script';

const understanding = {
  intents: { human_handoff: ['human', 'live agent', 'real person', 'talk to someone'] },
  commands: { human_handoff: ['human handoff'] },
};

/** A bot led by a language model, as it comes: it knows what a hand-off is, and declines. */
export const calm: ScriptInput = {
  ...understanding,
  rules: [
    {
      when: { intent: 'human_handoff' },
      action: 'utter_human_handoff_not_available',
      reply: [{ text: 'You would like to speak to a person. Unfortunately I cannot arrange that.' }],
    },
  ],
};

/** The same bot after its author has replaced the pattern with an action. */
export const calmOverridden: ScriptInput = {
  ...understanding,
  rules: [
    {
      when: { intent: 'human_handoff' },
      action: 'action_human_handoff',
      reply: [{ text: 'I will get somebody for you.' }, { custom: { handoff: { reason: 'pattern_human_handoff' } } }],
    },
  ],
};
