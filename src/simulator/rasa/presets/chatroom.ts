import type { ScriptInput } from '../dialogue/script';

/** A bot of the chat room convention: it names the next host, and greets who comes from another one. */
export const chatroom: ScriptInput = {
  intents: { handoff: [], other_bot: ['finance'], talk_to_live_agent: ['live agent', 'human', 'real person'] },
  slots: ['from_host'],
  rules: [
    {
      when: { intent: 'handoff' },
      reply: [{ text: 'You have been transferred to me. How can I help?' }],
    },
    {
      when: { intent: 'other_bot' },
      action: 'action_handoff',
      reply: [{ custom: { handoff_host: 'https://finance.example', title: 'Finance bot' } }],
    },
    {
      when: { intent: 'talk_to_live_agent' },
      action: 'action_handoff',
      reply: [{ text: 'One moment.' }, { custom: { handoff_host: 'live_agent', title: 'Service desk' } }],
    },
  ],
};
