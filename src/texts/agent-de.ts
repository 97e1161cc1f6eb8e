import type { agentEn } from './agent-en';

/** Words for the agent that the connector itself says in the chat's thread, in German. */
export const agentDe: Readonly<Record<keyof typeof agentEn, string>> = {
  'agent.employee_unreachable':
    'Die Person ist in Microsoft Teams nicht mehr erreichbar. Dieser Chat wird jetzt von ihrer Seite beendet.',
  'agent.words_not_shown': 'Diese Nachricht konnte der Person in Microsoft Teams nicht angezeigt werden:\n{text}',
};
