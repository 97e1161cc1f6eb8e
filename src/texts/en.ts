import type { Notice } from '../conversation/content';
import { agentEn } from './agent-en';

/** What an employee reads from the connector itself. Value names are the notice's fields; `hasX` tells whether X is known. */
const notices = {
  welcome:
    'Hi! I am the help desk assistant. Just tell me what you need. To talk to a person at any time, type /live_agent.',
  assistant_unavailable:
    'Sorry, I cannot answer right now. Please try again in a moment, or talk to a live agent instead.',
  assistant_offer_agent: 'I do not seem to be much help here. Would you like to talk to a live agent?',
  please_send_again:
    'Sorry, something went wrong and I cannot tell whether your last message was handled. Please send it again.',
  one_moment: 'One moment, please. This takes a little longer than usual.',
  opening_slow:
    'The help desk is answering slowly just now. I keep trying to connect you; nothing that you write is lost meanwhile.',
  support_interrupted:
    'The connection to the help desk is interrupted just now. Your messages are kept and passed on as soon as it works again.',
  support_goes_on: 'The connection to the help desk works again. Your chat goes on.',
  connecting: 'I am connecting you to a live agent. Keep writing if you like: the agent will see your messages.',
  held_for_agent: 'Got it. Your message will be passed on as soon as you are connected.',
  already_opening: 'I am already connecting you to a live agent. One moment, please.',
  old_button: 'That button belongs to a chat that is over. To talk to a live agent, type /live_agent.',
  assistant_listens: 'I am listening: just write what you need.',
  assistant_meanwhile:
    'I am here for you while you wait, and you keep your place in the queue. What you write now comes to me, and the agent will see it later. To write to the agent again, type /back_to_agent.',
  words_go_to_agent: 'What you write now goes to the live agent again.',
  already_queued: 'You are already in the queue for a live agent. To leave the queue, type /end_chat.',
  already_connected: 'You are already talking to a live agent. To end the chat, type /end_chat.',
  queued:
    'You are in the queue for a live agent.' +
    '{hasPosition, select, yes { Your position: {position, number}.} other {}}' +
    '{hasWait, select, yes { Estimated wait: {wait}.} other {}}' +
    ' An agent will join you here. To leave at any time, type /end_chat.',
  no_agent_available:
    '{hasReason, select, yes {No live agent is available right now: {reason}} other {No live agent is available right now.}}\n\n' +
    '{hasOpens, select, yes {The help desk opens {opens}. } other {}}Please try again later. I am here in the meantime.',
  message_wanted:
    'Please write your message now. I pass it on as soon as somebody is there. If you do not want that, type /end_chat.',
  message_kept:
    'I keep your message and pass it on as soon as somebody is there{hasOpens, select, yes { (the help desk opens {opens})} other {}}. I am here in the meantime.',
  message_passed_on:
    'The help desk is there again. I have passed on the message that you left, and you are in the queue.',
  message_dropped: 'All right, no message is passed on.',
  open_failed: 'Sorry, I could not connect you to a live agent. Please try again in a few minutes with /live_agent.',
  agent_joined:
    '{hasAgent, select, yes {{agent} has joined the chat.} other {A live agent has joined the chat.}}' +
    ' To end the chat, type /end_chat.',
  agent_changed: '{agent} is helping you from here on.',
  cut_off_warning:
    'Are you still there? Your chat ends in {minutes, plural, one {about a minute} other {about # minutes}} unless you write something.',
  idle_warning:
    'Nothing has been written for a while. The chat will be closed in {minutes, plural, one {# minute} other {# minutes}}; write something to keep it open.',
  no_chat_to_end: 'There is no live chat to end. To talk to a live agent, type /live_agent.',
  ended_by_user: 'You have left the live chat. If you need a person again, type /live_agent.',
  ended_by_agent: 'The agent has closed the live chat. If you need a person again, type /live_agent.',
  ended_by_operator:
    'The people who run this service have closed the live chat. If you still need a person, type /live_agent.',
  ended_nobody_came: 'Sorry, no agent was free to take your chat, so I have closed it. To try again, type /live_agent.',
  ended_nobody_wrote:
    'Nothing was written for a while, so I have closed the live chat. If you need a person again, type /live_agent.',
  ended_not_located:
    'The chat session is closed/could not be located. Please try reconnecting to live agent if you still need help!',
  ended_by_error:
    'Sorry, the connection to the live agent was lost and the chat has ended. To reconnect, type /live_agent.\n\n' +
    'Chat: {chat}' +
    '{hasSummary, select, yes {\nAbout: {summary}} other {}}' +
    '{hasLastUpdated, select, yes {\nLast updated: {lastUpdated} UTC} other {}}',
  rating_taken: 'Thank you. This helps us to get better.',
  no_chat_known: 'I do not know a live chat of yours that is recent enough. To talk to a live agent, type /live_agent.',
  transcript_failed: 'The transcript could not be saved among your files. Please try again.',
  not_delivered:
    '{count, plural, =0 {} one {This message did not reach the agent:\n\n{texts}} other {These messages did not reach the agent:\n\n{texts}}}' +
    '{hasUnsure, select, yes {{count, plural, =0 {} other {\n\n}}{unsureCount, plural, one {I do not know whether this message reached the agent:} other {I do not know whether these messages reached the agent:}}\n\n{unsure}} other {}}',
  file_refused:
    'The file {name} was not passed on: ' +
    '{reason, select, ' +
    'empty {it is empty.} ' +
    'too_large {it is larger than 25 MB.} ' +
    'dangerous {programs and scripts are not passed on.} ' +
    'not_what_it_says {its content is not what its name says.} ' +
    'expired {Teams no longer lets me fetch it. Please send it again.} ' +
    'elsewhere {it lies in a place from which I do not fetch files.} ' +
    'not_taken {the help desk did not take it.} ' +
    'other {it could not be fetched. Please send it again later.}}',
  file_by_link:
    'The help desk did not take the file {name}. The agent has a link to it instead; please make sure that they may open it.',
  agent_file_too_large: 'The agent sent the file {name}. It is too large to be passed on.',
  agent_file_failed: 'The file {name} could not be saved among your files. The agent has been told.',
  file_declined: 'You have declined the file {name}. The agent has been told.',
  file_offer_gone: 'This file can no longer be saved from here. Please ask the agent to send it again.',
  personal_chat_only: 'I can only help in a personal chat. Please write to me directly.',
} as const satisfies Readonly<Record<Notice['key'], string>>;

/** What the Teams side adds around other people's words. */
const teams = {
  'teams.possible_repeat': '(This may be a repeat of the message above.)',
  'teams.written_at': '(Written at {time}, delayed on its way.)',
  'teams.button_live_agent': 'Talk to a live agent',
  'teams.button_end_chat': 'End chat',
  'teams.button_ask_assistant': 'Ask the assistant meanwhile',
  'teams.button_back_to_agent': 'Write to the agent again',
  'teams.button_leave_message': 'Leave a message',
  'teams.agent': 'Live agent',
  'teams.status.waiting': 'You are in the queue for a live agent',
  'teams.status.connected':
    '{hasAgent, select, yes {You are talking to {agent}} other {You are talking to a live agent}}',
  'teams.status.ended': 'This live chat is over',
  'teams.status.position': 'Your position',
  'teams.status.wait': 'Estimated wait',
  'teams.status.waited': 'Waiting for',
  'teams.status.minutes': '{minutes, plural, one {# minute} other {# minutes}}',
  'teams.status.since': 'Waiting since',
  'teams.status.chat': 'Chat',
  'teams.status.waiting_hint':
    'An agent will join you here. Keep writing if you like. To leave at any time, type /end_chat.',
  'teams.status.meanwhile_hint':
    'What you write goes to the assistant until an agent is there. To leave at any time, type /end_chat.',
  'teams.status.connected_hint': 'To end the chat, type /end_chat.',
  'teams.end.duration': 'Duration',
  'teams.end.agent': 'Live agent',
  'teams.end.question': 'How content are you with the help that you got?',
  'teams.end.rating': '{rating} of 5',
  'teams.button_still_need_help': 'I still need help',
  'teams.button_transcript': 'Send me the transcript',
  'teams.transcript_offer': 'This is what was said in the chat. Accept it to save it among your files.',
  'teams.transcript.title': 'Live chat {chat} (times in {zone})',
  'teams.file_offer': '{agent} sends you this file. Accept it to save it among your files.',
  'teams.file': 'File: {name}',
  'teams.link': 'Open',
  'teams.click_taken': 'Thank you.',
  'teams.shortened': '(This message was too long to show all of it.)',
  'teams.left_out': '(A part of this message was too large to show.)',
} as const;

/** Every text of the product in English: the keys, and the values that each may use. */
export const en = { ...notices, ...teams, ...agentEn } as const;

export type TextKey = keyof typeof en;
