import type { RuleInput, ScriptInput } from '../dialogue/script';

const twenty = Array.from({ length: 20 }, (_, at) => ({ text: `Message ${at + 1} of 20` }));

const showcase: readonly RuleInput[] = [
  { when: { text: 'quiet' } },
  {
    when: { text: 'buttons' },
    reply: [
      {
        text: 'Which one?',
        buttons: [
          { title: 'The first', payload: '/choose{"option": "first"}' },
          { title: 'The second', payload: '/choose{"option": "second"}', style: 'quiet' },
        ],
      },
    ],
  },
  { when: { intent: 'choose' }, reply: [{ text: 'Noted.' }] },
  { when: { text: 'image' }, reply: [{ text: 'A picture:', image: 'https://assistant.example/picture.png' }] },
  {
    when: { text: 'carousel' },
    reply: [
      {
        elements: [
          {
            title: 'Laptop',
            subtitle: '14 inch',
            image_url: 'https://assistant.example/laptop.png',
            buttons: [{ title: 'Order', payload: '/choose{"option": "laptop"}' }],
          },
          { title: 'Phone', subtitle: '6 inch', default_action: { type: 'web_url', url: 'https://assistant.example' } },
        ],
      },
    ],
  },
  { when: { text: 'long' }, reply: twenty },
  { when: { text: 'unicode' }, reply: [{ text: 'Grüße 👩‍🚀 日本語 العربية e\u0301 \u2028 ¡olé!' }] },
  { when: { text: 'bigtext' }, reply: [{ text: 'abcdefghi '.repeat(6000) }] },
];

/** What every dialogue here understands, after its own rules. */
export const builtins: ScriptInput = {
  intents: {
    restart: [],
    session_start: [],
    greet: ['hello', 'hi', 'hey', 'good morning'],
    talk_to_live_agent: ['talk to live agent', 'live agent', 'real person'],
  },
  slots: ['handoff_active', 'live_chat_id', 'live_chat_user', 'live_chat_last_updated', 'session_started_metadata'],
  rules: [
    { when: { intent: 'restart' }, action: 'action_restart', events: [{ event: 'restart' }] },
    {
      when: { intent: 'session_start' },
      action: 'action_follow',
      events: [{ event: 'followup', name: 'action_session_start' }],
    },
    ...showcase,
    { when: { intent: 'greet' }, reply: [{ text: 'Hello! How can I help?' }] },
    {
      when: { intent: 'talk_to_live_agent' },
      action: 'utter_handoff',
      reply: [{ text: 'I am connecting you with a colleague.', custom: { handoff: { reason: 'user_request' } } }],
    },
    {
      when: { intent: 'EXTERNAL_live_chat_ended' },
      action: 'utter_welcome_back',
      reply: [{ text: 'Welcome back.' }],
    },
  ],
  fallback: [{ action: 'action_default_fallback', reply: [{ text: 'Sorry, I did not understand that.' }] }],
};
