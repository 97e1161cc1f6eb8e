import type { RuleInput, ScriptInput } from '../dialogue/script';

const chatSlots = ['handoff_active', 'live_chat_id', 'live_chat_last_updated'];

const cleared = chatSlots.map((name) => ({ event: 'slot', name, value: null }));

const endings: readonly RuleInput[] = [
  { when: { slot: 'handoff_active', text: '/restart' }, reply: [{ text: 'You have left the live chat.' }] },
  { when: { slot: 'handoff_active', text: '/end_chat' }, reply: [{ text: 'You have left the live chat.' }] },
  {
    when: { slot: 'handoff_active', regex: 'has closed the support session' },
    reply: [{ text: 'The agent has closed the support session.' }],
  },
];

/** A live chat kept inside Rasa: its state is in slots, and while it lasts one action takes every message. */
export const seedInRasa: ScriptInput = {
  intents: { talk_to_live_agent: ['talk to live agent', 'live agent', 'agent', 'real person'] },
  slots: [...chatSlots, 'live_chat_user'],
  rules: [
    ...endings.map((rule) => ({ ...rule, action: 'action_live_agent_chat', events: cleared })),
    {
      when: { slot: 'handoff_active' },
      action: 'action_live_agent_chat',
      events: [{ event: 'slot', name: 'live_chat_last_updated', value: '{{now}}' }],
    },
    {
      when: { intent: 'talk_to_live_agent' },
      action: 'action_live_agent',
      reply: [{ text: 'Please wait for a live agent. Send /end_chat to come back to me.' }],
      events: [
        { event: 'slot', name: 'handoff_active', value: true },
        { event: 'slot', name: 'live_chat_id', value: '{{id}}' },
        { event: 'slot', name: 'live_chat_user', value: '{{id}}' },
        { event: 'slot', name: 'live_chat_last_updated', value: '{{now}}' },
      ],
    },
  ],
};
