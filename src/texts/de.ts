import { agentDe } from './agent-de';
import type { TextKey } from './en';

/** Every text of the product in German. */
export const de: Readonly<Record<TextKey, string>> = {
  welcome:
    'Hallo! Ich bin der Assistent des Helpdesks. Schreiben Sie einfach, was Sie brauchen. ' +
    'Mit /live_agent sprechen Sie jederzeit mit einem Menschen.',
  assistant_unavailable:
    'Entschuldigung, ich kann gerade nicht antworten. Bitte versuchen Sie es gleich noch einmal oder sprechen Sie mit einem Menschen.',
  assistant_offer_agent: 'Ich komme hier offenbar nicht weiter. Möchten Sie mit einem Menschen sprechen?',
  please_send_again:
    'Entschuldigung, es ist etwas schiefgegangen, und ich weiß nicht, ob Ihre letzte Nachricht bearbeitet wurde. Bitte senden Sie sie noch einmal.',
  one_moment: 'Einen Moment bitte. Es dauert etwas länger als sonst.',
  opening_slow:
    'Der Service Desk antwortet gerade langsam. Ich versuche weiter, Sie zu verbinden; was Sie inzwischen schreiben, geht nicht verloren.',
  support_interrupted:
    'Die Verbindung zum Service Desk ist gerade unterbrochen. Ihre Nachrichten werden aufbewahrt und weitergegeben, sobald sie wieder steht.',
  support_goes_on: 'Die Verbindung zum Service Desk steht wieder. Ihr Chat geht weiter.',
  connecting:
    'Ich verbinde Sie mit dem Helpdesk-Team. Schreiben Sie ruhig weiter: Ihre Nachrichten werden dort gelesen.',
  held_for_agent: 'Alles klar. Ihre Nachricht wird weitergegeben, sobald Sie verbunden sind.',
  already_opening: 'Ich verbinde Sie bereits mit dem Helpdesk-Team. Einen Moment, bitte.',
  old_button: 'Diese Schaltfläche gehört zu einem Chat, der beendet ist. Mit /live_agent erreichen Sie einen Menschen.',
  assistant_listens: 'Ich höre zu: Schreiben Sie einfach, was Sie brauchen.',
  assistant_meanwhile:
    'Ich bin für Sie da, während Sie warten; Ihr Platz in der Warteschlange bleibt. Was Sie jetzt schreiben, kommt zu mir, und das Helpdesk-Team sieht es später. Mit /back_to_agent schreiben Sie wieder an das Helpdesk-Team.',
  words_go_to_agent: 'Was Sie jetzt schreiben, geht wieder an das Helpdesk-Team.',
  already_queued: 'Sie stehen bereits in der Warteschlange. Mit /end_chat verlassen Sie sie.',
  already_connected: 'Sie sind bereits mit dem Helpdesk-Team verbunden. Mit /end_chat beenden Sie den Chat.',
  queued:
    'Sie stehen in der Warteschlange.' +
    '{hasPosition, select, yes { Ihre Position: {position, number}.} other {}}' +
    '{hasWait, select, yes { Geschätzte Wartezeit: {wait}.} other {}}' +
    ' Jemand aus dem Helpdesk-Team meldet sich hier. Mit /end_chat können Sie den Chat jederzeit verlassen.',
  no_agent_available:
    '{hasReason, select, yes {Gerade ist niemand aus dem Helpdesk-Team verfügbar: {reason}} other {Gerade ist niemand aus dem Helpdesk-Team verfügbar.}}\n\n' +
    '{hasOpens, select, yes {Der Service Desk ist wieder da: {opens}. } other {}}Bitte versuchen Sie es später noch einmal. Bis dahin bin ich für Sie da.',
  message_wanted:
    'Bitte schreiben Sie jetzt Ihre Nachricht. Ich gebe sie weiter, sobald jemand da ist. Wenn Sie das nicht möchten, schreiben Sie /end_chat.',
  message_kept:
    'Ich bewahre Ihre Nachricht auf und gebe sie weiter, sobald jemand da ist{hasOpens, select, yes { ({opens})} other {}}. Bis dahin bin ich für Sie da.',
  message_passed_on:
    'Der Service Desk ist wieder da. Ich habe Ihre Nachricht weitergegeben, und Sie stehen in der Warteschlange.',
  message_dropped: 'In Ordnung, es wird keine Nachricht weitergegeben.',
  open_failed:
    'Entschuldigung, ich konnte Sie nicht mit dem Helpdesk-Team verbinden. Bitte versuchen Sie es in ein paar Minuten mit /live_agent noch einmal.',
  agent_joined:
    '{hasAgent, select, yes {{agent} ist jetzt im Chat.} other {Jemand aus dem Helpdesk-Team ist jetzt im Chat.}}' +
    ' Mit /end_chat beenden Sie den Chat.',
  agent_changed: 'Ab jetzt hilft Ihnen {agent}.',
  cut_off_warning:
    'Sind Sie noch da? Ihr Chat endet in {minutes, plural, one {etwa einer Minute} other {etwa # Minuten}}, wenn Sie nichts schreiben.',
  idle_warning:
    'Es wurde länger nichts geschrieben. Der Chat wird in {minutes, plural, one {# Minute} other {# Minuten}} geschlossen; schreiben Sie etwas, um ihn offen zu halten.',
  no_chat_to_end:
    'Es gibt gerade keinen Chat, der beendet werden könnte. Mit /live_agent erreichen Sie einen Menschen.',
  ended_by_user: 'Sie haben den Chat beendet. Mit /live_agent erreichen Sie jederzeit wieder einen Menschen.',
  ended_by_agent:
    'Das Helpdesk-Team hat den Chat beendet. Mit /live_agent erreichen Sie jederzeit wieder einen Menschen.',
  ended_by_operator:
    'Der Betrieb dieses Dienstes hat den Chat beendet. Mit /live_agent erreichen Sie jederzeit wieder einen Menschen.',
  ended_nobody_came:
    'Leider war niemand frei, um Ihren Chat anzunehmen. Ich habe ihn deshalb beendet. Mit /live_agent versuchen Sie es noch einmal.',
  ended_nobody_wrote:
    'Eine Weile hat niemand geschrieben. Ich habe den Chat deshalb beendet. Mit /live_agent erreichen Sie jederzeit wieder einen Menschen.',
  ended_not_located:
    'Die Chat-Sitzung ist beendet oder konnte nicht gefunden werden. Bitte verbinden Sie sich erneut mit dem Helpdesk-Team, wenn Sie noch Hilfe brauchen!',
  ended_by_error:
    'Entschuldigung, die Verbindung zum Helpdesk-Team ist abgebrochen, und der Chat ist beendet. Mit /live_agent verbinden Sie sich neu.\n\n' +
    'Chat: {chat}' +
    '{hasSummary, select, yes {\nThema: {summary}} other {}}' +
    '{hasLastUpdated, select, yes {\nZuletzt aktualisiert: {lastUpdated} UTC} other {}}',
  rating_taken: 'Vielen Dank. Das hilft uns, besser zu werden.',
  no_chat_known:
    'Ich kenne keinen Chat von Ihnen, der noch nicht zu lange her ist. Mit /live_agent erreichen Sie einen Menschen.',
  transcript_failed:
    'Das Protokoll konnte nicht bei Ihren Dateien gespeichert werden. Bitte versuchen Sie es noch einmal.',
  not_delivered:
    '{count, plural, =0 {} one {Diese Nachricht ist nicht angekommen:\n\n{texts}} other {Diese Nachrichten sind nicht angekommen:\n\n{texts}}}' +
    '{hasUnsure, select, yes {{count, plural, =0 {} other {\n\n}}{unsureCount, plural, one {Ich weiß nicht, ob diese Nachricht angekommen ist:} other {Ich weiß nicht, ob diese Nachrichten angekommen sind:}}\n\n{unsure}} other {}}',
  file_refused:
    'Die Datei {name} wurde nicht weitergegeben: ' +
    '{reason, select, ' +
    'empty {Sie ist leer.} ' +
    'too_large {Sie ist größer als 25 MB.} ' +
    'dangerous {Programme und Skripte werden nicht weitergegeben.} ' +
    'not_what_it_says {Ihr Inhalt ist nicht, was ihr Name sagt.} ' +
    'expired {Teams gibt sie nicht mehr heraus. Bitte senden Sie sie noch einmal.} ' +
    'elsewhere {Sie liegt an einem Ort, von dem ich keine Dateien hole.} ' +
    'not_taken {Der Service Desk hat sie nicht angenommen.} ' +
    'other {Sie ließ sich nicht abrufen. Bitte senden Sie sie später noch einmal.}}',
  file_by_link:
    'Der Service Desk hat die Datei {name} nicht angenommen. Das Helpdesk-Team hat stattdessen einen Link; bitte stellen Sie sicher, dass es sie öffnen darf.',
  agent_file_too_large: 'Das Helpdesk-Team hat die Datei {name} gesendet. Sie ist zu groß, um weitergegeben zu werden.',
  agent_file_failed:
    'Die Datei {name} konnte nicht bei Ihren Dateien gespeichert werden. Das Helpdesk-Team weiß davon.',
  file_declined: 'Sie haben die Datei {name} abgelehnt. Das Helpdesk-Team weiß davon.',
  file_offer_gone:
    'Diese Datei lässt sich von hier aus nicht mehr speichern. Bitte lassen Sie sie sich noch einmal senden.',
  personal_chat_only: 'Ich kann nur im persönlichen Chat helfen. Bitte schreiben Sie mir direkt.',
  'teams.possible_repeat': '(Diese Nachricht ist möglicherweise eine Wiederholung.)',
  'teams.written_at': '(Um {time} Uhr geschrieben, unterwegs aufgehalten.)',
  'teams.button_live_agent': 'Mit einem Menschen sprechen',
  'teams.button_end_chat': 'Chat beenden',
  'teams.button_ask_assistant': 'Solange den Assistenten fragen',
  'teams.button_back_to_agent': 'Wieder an das Helpdesk-Team schreiben',
  'teams.button_leave_message': 'Nachricht hinterlassen',
  'teams.agent': 'Helpdesk-Team',
  'teams.status.waiting': 'Sie stehen in der Warteschlange',
  'teams.status.connected':
    '{hasAgent, select, yes {Sie sprechen mit {agent}} other {Sie sprechen mit dem Helpdesk-Team}}',
  'teams.status.ended': 'Dieser Chat ist beendet',
  'teams.status.position': 'Ihre Position',
  'teams.status.wait': 'Geschätzte Wartezeit',
  'teams.status.waited': 'Wartezeit bisher',
  'teams.status.minutes': '{minutes, plural, one {# Minute} other {# Minuten}}',
  'teams.status.since': 'Wartend seit',
  'teams.status.chat': 'Chat',
  'teams.status.waiting_hint':
    'Jemand aus dem Helpdesk-Team meldet sich hier. Schreiben Sie ruhig weiter. Mit /end_chat verlassen Sie den Chat.',
  'teams.status.meanwhile_hint':
    'Was Sie schreiben, geht an den Assistenten, bis jemand aus dem Helpdesk-Team da ist. Mit /end_chat verlassen Sie den Chat.',
  'teams.status.connected_hint': 'Mit /end_chat beenden Sie den Chat.',
  'teams.end.duration': 'Dauer',
  'teams.end.agent': 'Helpdesk-Team',
  'teams.end.question': 'Wie zufrieden sind Sie mit der Hilfe, die Sie bekommen haben?',
  'teams.end.rating': '{rating} von 5',
  'teams.button_still_need_help': 'Ich brauche weiter Hilfe',
  'teams.button_transcript': 'Protokoll senden',
  'teams.transcript_offer': 'Das wurde im Chat gesagt. Nehmen Sie es an, um es bei Ihren Dateien zu speichern.',
  'teams.transcript.title': 'Chat {chat} (Zeiten in {zone})',
  'teams.file_offer': '{agent} sendet Ihnen diese Datei. Nehmen Sie sie an, um sie bei Ihren Dateien zu speichern.',
  'teams.file': 'Datei: {name}',
  'teams.link': 'Öffnen',
  'teams.click_taken': 'Vielen Dank.',
  'teams.shortened': '(Diese Nachricht war zu lang, um sie ganz zu zeigen.)',
  'teams.left_out': '(Ein Teil dieser Nachricht war zu groß, um ihn zu zeigen.)',
  ...agentDe,
};
