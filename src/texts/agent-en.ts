/** Words for the agent that the connector itself says in the chat's thread, in English. */
export const agentEn = {
  'agent.employee_unreachable':
    'The employee can no longer be reached in Microsoft Teams. This chat is now being closed from their side.',
  'agent.words_not_shown': 'This message could not be shown to the employee in Microsoft Teams:\n{text}',
} as const;
