import type { ScriptInput } from '../dialogue/script';

const hosts = [
  { key: 'servicenow', title: 'Service desk', url: 'servicenow' },
  { key: 'facilities', title: 'Facilities bot', url: 'https://facilities.example' },
];

/** A helpdesk bot that asks where to hand off to, and says it in a payload only on the channel `rest`. */
export const helpdesk: ScriptInput = {
  intents: {
    human_handoff: ['human', 'live agent', 'real person', 'talk to someone'],
    trigger_handoff: [],
    open_incident: ['open a ticket', 'open an incident'],
  },
  slots: ['handoff_to'],
  rules: [
    {
      when: { intent: 'human_handoff' },
      action: 'action_handoff_options',
      reply: [
        {
          text: 'I can transfer you. Where would you like to go?',
          buttons: hosts.map(({ key, title }) => ({ title, payload: `/trigger_handoff{"handoff_to":"${key}"}` })),
        },
      ],
    },
    ...hosts.map(({ key, title, url }) => ({
      when: { intent: 'trigger_handoff', channel: 'rest', slot: { name: 'handoff_to', value: key } },
      action: 'action_handoff',
      reply: [{ text: `Transferring you to: ${title}.`, custom: { handoff_host: url, title } }],
    })),
    {
      when: { intent: 'trigger_handoff' },
      action: 'action_handoff',
      reply: [{ text: 'A transfer is not possible on this channel.' }],
    },
    { when: { intent: 'open_incident' }, reply: [{ text: 'What is the problem, in one sentence?' }] },
  ],
};
