import type { agentEn } from './agent-en';

/** Words for the agent that the connector itself says in the chat's thread, in German. */
export const agentDe: Readonly<Record<keyof typeof agentEn, string>> = {
  'agent.employee_unreachable':
    'Die Person ist in Microsoft Teams nicht mehr erreichbar. Dieser Chat wird jetzt von ihrer Seite beendet.',
  'agent.words_not_shown': 'Diese Nachricht konnte der Person in Microsoft Teams nicht angezeigt werden:\n{text}',
  'agent.words_in_doubt':
    'Es ist nicht sicher, ob diese Nachricht in Microsoft Teams angezeigt wurde; bitte fragen Sie nach, ob sie angekommen ist:\n{text}',
  'agent.corrected': 'Berichtigt: {text}',
  'agent.words_withdrawn': 'Die Person hat diese Nachricht zurückgezogen: {text}',
  'agent.message_withdrawn': 'Die Person hat eine Nachricht zurückgezogen.',
  'agent.file_not_passed_on': 'Die Person hat eine Datei gesendet, die nicht weitergegeben werden konnte: {text}',
  'agent.file_by_link':
    'Die Person hat eine Datei gesendet, die hier nicht angehängt werden konnte. Sie lässt sich hier öffnen: {text}',
  'agent.file_declined': 'Die Person hat diese Datei abgelehnt: {text}',
  'agent.file_not_handed_over': 'Diese Datei konnte der Person in Microsoft Teams nicht übergeben werden: {text}',
  'agent.reacted': 'Die Person hat reagiert: {text}',
  'agent.said_meanwhile': 'Während des Wartens mit dem Assistenten gesprochen (Zeiten in UTC):\n{text}',
  'agent.brief.where': 'In Microsoft Teams, {where}',
  'agent.brief.about': 'Anliegen: {text}',
  'agent.brief.reason': 'Grund: {text}',
  'agent.brief.follows':
    'Folgt auf den Chat {chat} von {time} UTC{hasAgent, select, yes { mit {agent}} other {}}: braucht weiter Hilfe',
  'agent.brief.first': 'Zuerst gefragt: {text}',
  'agent.brief.last': 'Zuletzt gefragt: {text}',
  'agent.brief.answered': 'Letzte Antwort des Assistenten: {text}',
  'agent.brief.ran': 'Der Assistent hat ausgeführt: {text}',
  'agent.brief.knows': 'Der Assistent weiß: {text}',
  'agent.brief.transcript': 'Bisher gesagt (Zeiten in UTC):',
  'agent.brief.assistant': 'Assistent',
  'agent.brief.left_out': '({count, plural, one {# frühere Zeile} other {# frühere Zeilen}} ausgelassen)',
};
