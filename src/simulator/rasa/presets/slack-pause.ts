import type { ScriptInput } from '../dialogue/script';

/** A bot that calls for help elsewhere, confirms and pauses itself. After `help desk is down` it says that it cannot. */
export const slackPause: ScriptInput = {
  intents: {
    human_handoff: ['human', 'live agent', 'real person', 'help me'],
    break_support: ['help desk is down'],
  },
  slots: ['support_down'],
  rules: [
    {
      when: { intent: 'break_support' },
      reply: [{ text: 'Understood.' }],
      events: [{ event: 'slot', name: 'support_down', value: true }],
    },
    {
      when: { intent: 'human_handoff', slot: 'support_down' },
      action: 'utter_technical_issue',
      reply: [{ text: 'There is a technical problem: channel_not_found. Please try again later.' }],
    },
    {
      when: { intent: 'human_handoff' },
      action: 'action_human_handoff',
      reply: [{ text: 'Somebody will be with you shortly.', metadata: { utter_action: 'utter_handover_to_support' } }],
      events: [{ event: 'pause' }],
    },
  ],
};
