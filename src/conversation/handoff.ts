import type { Notice } from './content';
import { startOfThread } from './cursor';
import type { Effect } from './effects';
import { withUnwanted } from './ended';
import type { ConversationEvent } from './events';
import { attachments, discards, fetches, readable, unfetched } from './files';
import type { HandoffRequest } from './handoff-request';
import { offersMessage, takeMessage, tryLater } from './later';
import { post } from './relay';
import { showStatus, statusOf } from './status';
import { also, beingAsked, go, notice, type Situation, type Step, seqs, stay, waiting } from './step';
import type {
  Conversation,
  Handoff,
  HandoffId,
  Instant,
  LeftMessage,
  PreviousChat,
  TurnId,
  UserMessage,
} from './types';

type OpenFailed = Extract<ConversationEvent, { type: 'open_failed' }>;

/** How long what the directory said of an employee holds. */
const profileHoldsMs = 24 * 3_600_000;

/** The turn that led to a hand-off. */
export interface HandoffCause {
  readonly turn: TurnId;
  readonly at: Instant;
  /** The assistant has said so in its own words, and the connector need not. */
  readonly announced: boolean;
  readonly follows?: PreviousChat;
  readonly left?: LeftMessage;
}

/** A live agent is wanted: from here on the employee's words are for the agent, in order. */
export function beginHandoff(
  now: Situation,
  request: HandoffRequest,
  { turn, at, announced, follows, left }: HandoffCause,
): Step {
  const { conversation, message } = takeMessage(now.conversation);
  const unasked = waiting(now, 'ask');
  const held = [...(message ? [message] : []), ...unasked.map((entry) => entry.effect.message)];
  const handoff: Handoff = {
    id: turn as string as HandoffId,
    request,
    requestedAt: at,
    transcript: conversation.said.filter((line) => !held.some((message) => message.turn === line.turn)),
    ...(follows ? { follows } : {}),
    ...(left ? { left } : {}),
  };
  const open: Effect[] = [
    ...(isKnown(conversation, at) ? [] : [{ type: 'identify' } as const]),
    { type: 'open', handoff },
    ...held.flatMap((message) => fetches(message, handoff.id)),
  ];
  const step = go(
    conversation,
    { name: 'opening', handoff, held, unanswered: [], since: at },
    ...(announced ? [] : [notice({ key: 'connecting' })]),
    ...open,
  );
  return also(step, { withdraw: seqs(unasked) });
}

function isKnown(conversation: Conversation, at: Instant): boolean {
  const { lookedUpAt } = conversation.user;
  return lookedUpAt !== undefined && at - lookedUpAt < profileHoldsMs;
}

/** The assistant may have paused itself for a chat that did not come about. */
const noChat: Effect = { type: 'tell_assistant', news: { event: 'chat_ended', reason: 'not_opened' } };

/** ServiceNow has the chat: the words that were held follow. A chat that nobody waits for any more is left again. */
export function chatOpened(now: Situation, event: Extract<ConversationEvent, { type: 'chat_opened' }>): Step {
  const { conversation } = now;
  const { phase } = conversation;
  const { chat, state, at } = event;
  if (phase.name !== 'opening' || phase.handoff.id !== chat.handoff) {
    return stay(withUnwanted(conversation, chat, at), { type: 'reap', target: { chat } });
  }
  const inChat = { chat, cursor: startOfThread, since: at, lastWordAt: at, posted: [] };
  const queued = { name: 'queued', ...inChat, position: state.position, wait: state.wait } as const;
  const effects: Effect[] = [
    { type: 'tell_assistant', news: { event: 'chat_started', chat: chat.id, user: chat.user, handoff: chat.handoff } },
    ...(phase.handoff.left ? [notice({ key: 'message_passed_on' })] : []),
    showStatus(statusOf(queued)),
    ...phase.held.flatMap((message) => [...post(chat, message, now.rules), ...attachments(chat, message)]),
  ];
  return go({ ...conversation, said: [] }, queued, ...effects);
}

/** No chat came about: the assistant has the floor again, and what was held is named. */
export function openFailed(now: Situation, event: OpenFailed): Step {
  const { conversation } = now;
  const { phase } = conversation;
  const reap: Effect[] = event.mayExist ? [{ type: 'reap', target: { handoff: event.handoff } }] : [];
  if (phase.name !== 'opening' || phase.handoff.id !== event.handoff.id) return stay(conversation, ...reap);
  const kept = tryLater(conversation, phase, event);
  const held = kept ? phase.held.slice(1) : phase.held;
  const { unanswered } = phase;
  const offered = kept ?? offersMessage(now, phase.handoff, event);
  const effects = [
    ...(kept ? [] : [notice(noChatBecause(event, offered))]),
    ...undelivered([...unanswered, ...held]),
    ...(kept ? [] : [noChat]),
    ...reap,
    ...discards(held),
  ];
  const back = go(remember(offered, held), { name: 'assisted', silences: 0 }, ...effects);
  // What is on its way for a message that waits on is still wanted.
  return kept ? back : also(back, { withdraw: unfetched(now, phase.handoff.id, event.at).withdraw });
}

function noChatBecause({ kind, words, opens }: OpenFailed, { later }: Conversation): Notice {
  if (kind !== 'refused') return { key: 'open_failed' };
  const takesMessage = later?.state === 'offered' ? { takesMessage: true as const } : {};
  return { key: 'no_agent_available', reason: words, ...(opens ? { opens } : {}), ...takesMessage };
}

/** The employee does not want to wait for the chat that is being opened. */
export function giveUpOpening(now: Situation, farewell: readonly Effect[]): Step {
  const { conversation } = now;
  if (conversation.phase.name !== 'opening') return stay(conversation);
  const { held, unanswered, handoff, since } = conversation.phase;
  const back = go(
    remember(conversation, held),
    { name: 'assisted', silences: 0, old: beingAsked(now) },
    ...farewell,
    noChat,
    ...undelivered([...unanswered, ...held]),
    ...discards(held),
  );
  const late = unfetched(now, handoff.id, since).withdraw;
  return also(back, { withdraw: [...seqs([...waiting(now, 'identify'), ...waiting(now, 'open')]), ...late] });
}

/** Names the messages that did not reach the agent, or of which nobody knows whether they did; a single one in reply to itself. */
export function undelivered(messages: readonly UserMessage[]): Effect[] {
  const [first, ...more] = messages;
  if (!first) return [];
  const texts = messages.filter((message) => !message.unsure).map(readable);
  const unsure = messages.filter((message) => message.unsure).map(readable);
  const words = { key: 'not_delivered', texts, ...(unsure.length > 0 ? { unsure } : {}) } as const;
  return [notice(words, more.length === 0 ? (first.with ?? first.turn) : undefined)];
}

/** Keeps words for the next hand-off's transcript. */
function remember(conversation: Conversation, messages: readonly UserMessage[]): Conversation {
  const known = new Set(conversation.said.map((line) => line.turn));
  const lines = messages
    .filter((message) => !known.has(message.turn))
    .map((message) => ({ at: message.at, who: 'user' as const, text: readable(message), turn: message.turn }));
  return lines.length === 0 ? conversation : { ...conversation, said: [...conversation.said, ...lines] };
}
