import { fileAccepted, fileDeclined, fileHandedOver, handOverFailed } from './agent-files';
import { commandOf } from './commands';
import type { AssistantItem } from './content';
import { remembered, userEdited, userReacted, userWithdrew } from './corrections';
import { goSilent, leaveFailed, postFailed, showFailed, wordsPosted } from './delivery';
import { endChat, sayGoodbye } from './ending';
import type { ConversationEvent } from './events';
import { attachFailed, fileAttached, fileFetched, fileRefused } from './file-story';
import { fetches, readable } from './files';
import { beginHandoff, chatOpened, giveUpOpening, openFailed } from './handoff';
import { noLongerSlow, readingChanged } from './interruption';
import { sinceBackup } from './put-back';
import { redriven } from './redrive';
import { post, showAssistant } from './relay';
import { splitText } from './split';
import { statusShown } from './status';
import { after, also, go, isClosing, isIn, notice, type Situation, type Step, stay, then } from './step';
import { threadRead } from './thread';
import type { Conversation, Instant, Line, Phase } from './types';
import { timePassed } from './waiting';

type Happened<T extends ConversationEvent['type']> = Extract<ConversationEvent, { type: T }>;

/** Lines of the talk with the assistant that are kept for the agent. */
const longestMemory = 40;
const longestLine = 2_000;

/** The story: what every event means, whoever has the floor. Pure: no clock, no chance, no outside. */
export function transition(now: Situation, event: ConversationEvent): Step {
  const step = sinceBackup(now, event, happen(now, event));
  if (step.conversation.reachable) return step;
  return { ...step, effects: step.effects.filter(({ type }) => type !== 'show' && type !== 'refresh') };
}

function happen(now: Situation, event: ConversationEvent): Step {
  switch (event.type) {
    case 'user_spoke':
      return userSpoke(withSender(now, event), event);
    case 'user_edited':
      return userEdited(withSender(now, event), event);
    case 'user_withdrew':
      return userWithdrew(withSender(now, event), event);
    case 'user_reacted':
      return userReacted(withSender(now, event), event);
    case 'app_installed':
      return appInstalled(withSender(now, event).conversation, now.conversation);
    case 'app_uninstalled':
      return goSilent(withSender(now, event), 'uninstalled', event.at);
    case 'spoke_in_group':
      return stay(withSender(now, event).conversation, notice({ key: 'personal_chat_only' }));
    case 'assistant_answered':
      return assistantAnswered(noLongerSlow(now), event);
    case 'assistant_failed':
      return assistantFailed(noLongerSlow(now), event);
    case 'employee_identified':
      return stay(identified(now.conversation, event));
    case 'chat_opened':
      return chatOpened(now, event);
    case 'open_failed':
      return openFailed(now, event);
    case 'status_shown':
      return statusShown(now, event);
    case 'words_posted':
      return wordsPosted(now, event);
    case 'post_failed':
      return postFailed(now, event);
    case 'thread_read':
      return threadRead(now, event);
    case 'reading_interrupted':
    case 'reading_resumed':
      return readingChanged(now, event);
    case 'chat_lost':
      return isIn(now, event.chat) ? endChat(now, 'error', event.at) : stay(now.conversation);
    case 'chat_left':
      return isClosing(now, event.chat) ? sayGoodbye(now, true, event.at) : stay(now.conversation);
    case 'leave_failed':
      return leaveFailed(now, event);
    case 'file_accepted':
      return fileAccepted(withSender(now, event), event);
    case 'file_declined':
      return fileDeclined(withSender(now, event), event);
    case 'file_handed_over':
      return fileHandedOver(now, event);
    case 'hand_over_failed':
      return handOverFailed(now, event);
    case 'file_fetched':
      return fileFetched(now, event);
    case 'file_refused':
      return fileRefused(now, event);
    case 'file_attached':
      return fileAttached(now, event);
    case 'attach_failed':
      return attachFailed(now, event);
    case 'show_failed':
      return showFailed(now, event);
    case 'redriven':
      return redriven(now, event);
    case 'time_passed':
      return timePassed(now, event.at);
    default:
      return unreachable(event);
  }
}

/** Teams tells of an installation in two ways at once; the employee is welcomed once. */
function appInstalled(conversation: Conversation, before: Conversation): Step {
  if (before.greeted && before.reachable) return stay(conversation);
  return stay({ ...conversation, greeted: true }, notice({ key: 'welcome' }));
}

/** The employee said something: to the assistant, to the agent, or to the connector itself. */
function userSpoke(now: Situation, event: Happened<'user_spoke'>): Step {
  const { phase } = now.conversation;
  switch (phase.name) {
    case 'assisted':
    case 'closing':
      return toAssistant(now, event);
    case 'opening':
      return whileOpening(now, phase, event);
    case 'queued':
    case 'connected':
      return toAgent(now, phase, event);
  }
}

function toAssistant(now: Situation, { message, at }: Happened<'user_spoke'>): Step {
  const command = commandOf(message.text, now.rules);
  if (command === 'live_agent') {
    const from = endedBefore(now, at);
    const how = { turn: message.turn, at, announced: false };
    return then(from, beginHandoff(after(now, from), { reason: 'user_request' }, how));
  }
  if (command === 'end_chat') {
    const isEnding = now.conversation.phase.name === 'closing';
    return stay(now.conversation, ...(isEnding ? [] : [notice({ key: 'no_chat_to_end' })]));
  }
  const text = readable(message);
  const heard = said(now.conversation, { at, who: 'user', text, turn: message.turn });
  return also(stay(heard, { type: 'ask', message }), { lines: [{ at, who: 'user', text }] });
}

function whileOpening(now: Situation, phase: Extract<Phase, { name: 'opening' }>, event: Happened<'user_spoke'>): Step {
  const { message, at } = event;
  const command = commandOf(message.text, now.rules);
  if (command === 'end_chat' || command === 'restart') return giveUpOpening(now, [notice({ key: 'ended_by_user' })]);
  if (command === 'live_agent') return stay(now.conversation, notice({ key: 'already_opening' }));
  const firstHeld = phase.held.length === 0 ? [notice({ key: 'held_for_agent' })] : [];
  const onTheirWay = fetches(message, phase.handoff.id);
  const step = go(now.conversation, { ...phase, held: [...phase.held, message] }, ...firstHeld, ...onTheirWay);
  return also(step, { lines: [{ at, who: 'user', text: readable(message) }] });
}

function toAgent(
  now: Situation,
  phase: Extract<Phase, { name: 'queued' | 'connected' }>,
  event: Happened<'user_spoke'>,
): Step {
  const { message, at } = event;
  const { chat } = phase;
  const command = commandOf(message.text, now.rules);
  if (command === 'end_chat' || command === 'restart') return endChat(now, 'user', at);
  if (command === 'live_agent') {
    return stay(now.conversation, notice({ key: phase.name === 'queued' ? 'already_queued' : 'already_connected' }));
  }
  const effects = [...post(chat, message, now.rules), ...fetches(message, chat.handoff)];
  const step = go(now.conversation, { ...remembered(phase, message), lastWordAt: at }, ...effects);
  return also(step, { lines: [{ at, who: 'user', text: readable(message), chat: chat.id }] });
}

/** The assistant's words are shown in order; the wish for an agent is followed only while the assistant has the floor. */
function assistantAnswered(now: Situation, event: Happened<'assistant_answered'>): Step {
  const { conversation, rules } = now;
  const { items, handoff } = event.answer;
  const shows = items.flatMap((item) => showAssistant(item, rules));
  const texts = items.map(textOf).filter((text) => text !== '');
  const lines = texts.map((text) => ({ at: event.at, who: 'bot' as const, text }));
  const { phase } = conversation;
  if (phase.name !== 'assisted' && phase.name !== 'closing') return also(stay(conversation, ...shows), { lines });
  const answered = also(stay(said(conversation, ...lines), ...shows), { lines });
  const isOld = phase.old?.includes(event.turn) ?? false;
  if (!handoff || isOld || !conversation.reachable)
    return then(answered, countSilence(after(now, answered), items.length === 0));
  const how = { turn: event.turn, at: event.at, announced: texts.length > 0 };
  const settled = then(answered, endedBefore(after(now, answered), event.at));
  return then(settled, beginHandoff(after(now, settled), handoff, how));
}

/** A chat that is just being left is said goodbye to before the next one begins. */
function endedBefore(now: Situation, at: Instant): Step {
  return now.conversation.phase.name === 'closing' ? sayGoodbye(now, true, at) : stay(now.conversation);
}

/** An assistant that keeps silent again and again leads to the offer of an agent. */
function countSilence({ conversation, rules }: Situation, isSilent: boolean): Step {
  const { phase } = conversation;
  if (phase.name !== 'assisted') return stay(conversation);
  const silences = isSilent ? phase.silences + 1 : 0;
  if (silences < rules.offerAgentAfter) return go(conversation, { ...phase, silences });
  return go(conversation, { ...phase, silences: 0 }, notice({ key: 'assistant_offer_agent' }));
}

/** While an agent is there, the assistant's silence is nobody's loss: the agent has the words in the transcript. */
function assistantFailed({ conversation }: Situation, event: Happened<'assistant_failed'>): Step {
  const { phase } = conversation;
  if (phase.name === 'opening') return go(conversation, { ...phase, unanswered: [...phase.unanswered, event.message] });
  if (phase.name !== 'assisted' && phase.name !== 'closing') return stay(conversation);
  const key = event.trouble === 'down' ? 'assistant_unavailable' : 'please_send_again';
  return stay(conversation, notice({ key }));
}

/** The newest that the channel told of the sender; what the directory knew of the same person is kept. */
function withSender(now: Situation, { from }: { from: Happened<'user_spoke'>['from'] }): Situation {
  const { user } = now.conversation;
  const { email, lookedUpAt, timezone } = user;
  const known = user.id === from.user.id ? { email, lookedUpAt, timezone } : {};
  const sender: Conversation = {
    ...now.conversation,
    reference: from.reference,
    user: { ...known, ...from.user },
    reachable: true,
  };
  return { ...now, conversation: sender };
}

function identified(conversation: Conversation, event: Happened<'employee_identified'>): Conversation {
  const { user } = conversation;
  const name = event.name ?? user.name;
  return { ...conversation, user: { ...user, name, email: event.email ?? user.email, lookedUpAt: event.at } };
}

function said(conversation: Conversation, ...lines: readonly Line[]): Conversation {
  const kept = lines.map((line) => ({ ...line, text: splitText(line.text, longestLine)[0] ?? '' }));
  return { ...conversation, said: [...conversation.said, ...kept].slice(-longestMemory) };
}

/** What a person reads of an assistant's message. */
function textOf(item: AssistantItem): string {
  const titles = (item.buttons ?? []).map((button) => String(button.title ?? '')).filter((title) => title !== '');
  const choices = titles.length > 0 ? `[${titles.join('] [')}]` : '';
  return [item.text ?? item.image ?? '', choices].filter((text) => text !== '').join(' ');
}

function unreachable(event: never): never {
  throw new Error(`unknown event ${JSON.stringify(event)}`);
}
