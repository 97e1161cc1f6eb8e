import { rowText, showRow, withOffers } from './agent-files';
import { earlierAgents, introduced, newAgents } from './agents';
import { readSince } from './cursor';
import type { Effect } from './effects';
import { endedChat, withEnded } from './ended';
import { endChat } from './ending';
import type { ChatState, ConversationEvent, ThreadRow } from './events';
import { undelivered } from './handoff';
import { plainOf } from './marks';
import { agentTakesOver } from './meanwhile';
import { refreshStatus, saysOther, statusOf } from './status';
import { after, also, go, notice, type Situation, type Step, stay, type TranscriptLine, then } from './step';
import type { ChatId, ChatPhase, Conversation, Cursor, Instant } from './types';

type ThreadRead = Extract<ConversationEvent, { type: 'thread_read' }>;

/** The reader brought the thread: what is new of the agent's is shown, and then the chat may be over. */
export function threadRead(now: Situation, event: ThreadRead): Step {
  const { conversation, rules } = now;
  const { phase } = conversation;
  if (phase.name === 'closing' && phase.chat.id === event.chat) {
    const at = (cursor: Cursor) => ({ ...conversation, phase: { ...phase, cursor } });
    return also(lastWords(now, phase.cursor, event, at), {
      effects: missedWords(phase, readSince(phase.cursor, event.rows, rules).fresh),
    });
  }
  const over = endedChat(conversation, event.chat);
  if (over) return lastWords(now, over.cursor, event, (cursor) => withEnded(conversation, event.chat, { cursor }));
  if ((phase.name !== 'queued' && phase.name !== 'connected') || phase.chat.id !== event.chat)
    return stay(conversation);
  const { fresh, cursor } = readSince(phase.cursor, event.rows, rules);
  const words = fresh.filter(isForEmployee);
  const agents = words.filter(isFromAgent);
  const next = asking(nextPhase(phase, agents, event.state, event.at), words);
  const ended = isOver(fresh, event.state, rules.closingPatterns);
  const isSame = next.name === phase.name && ('taken' in next && next.taken) === ('taken' in phase && phase.taken);
  const told = statusOf(next);
  const isNews = saysOther(statusOf(phase), told);
  if (fresh.length === 0 && isSame && !isNews && !ended) return stay(conversation);
  const news = newAgents(phase, agents);
  const shown = words.flatMap((row) => [...introduced(row, news), ...showRow(row, phase.cursor, rules)]);
  const came = go(
    withOffers(conversation, phase.chat.id, words),
    { ...next, cursor },
    ...(ended ? [] : joined(phase, next)),
  );
  const met = ended ? came : then(came, meeting(after(now, came), phase, { ...next, cursor }));
  const arrived = also(met, { effects: [...shown, ...missedWords(phase, fresh)] });
  const refreshed = isNews && !ended ? refreshStatus(now, told) : {};
  const step = also(arrived, { ...refreshed, lines: words.map((row) => lineOf(row, phase.chat.id)) });
  return ended ? then(step, endChat({ ...now, conversation: step.conversation }, 'agent', event.at)) : step;
}

/** Who has used the assistant until an agent came is told where the words go now, and the agent what was said. */
function meeting(now: Situation, before: ChatPhase, next: ChatPhase): Step {
  const wasAway = before.name === 'queued' && before.meanwhile && next.name === 'connected';
  return wasAway ? agentTakesOver(now, next) : stay(now.conversation);
}

/** What the agent wrote while the chat was being left is shown: before the goodbye, unless leaving takes too long. */
function lastWords(now: Situation, from: Cursor, event: ThreadRead, readTo: (cursor: Cursor) => Conversation): Step {
  const { fresh, cursor } = readSince(from, event.rows, now.rules);
  if (fresh.length === 0) return stay(now.conversation);
  const words = fresh.filter(isForEmployee);
  const shown = words.flatMap((row) => showRow(row, from, now.rules));
  return {
    ...stay(withOffers(readTo(cursor), event.chat, words), ...shown),
    lines: words.map((row) => lineOf(row, event.chat)),
  };
}

function isForEmployee(row: ThreadRow): boolean {
  return (row.author === 'agent' || row.author === 'bot') && !row.workNote && !row.missed && rowText(row) !== '';
}

/** Words of the employee's that came to nobody, because the agent had just gone, are named. */
function missedWords({ recent = [] }: Pick<ChatPhase, 'recent'>, fresh: readonly ThreadRow[]): Effect[] {
  const turns = new Set(fresh.map(({ missed }) => missed));
  return undelivered(
    recent
      .filter(({ turn }) => turns.has(turn))
      .map(({ turn, excerpt }) => ({ turn, text: excerpt, at: 0 as Instant })),
  );
}

function isFromAgent({ author }: ThreadRow): boolean {
  return author === 'agent';
}

/** Who waits is asked something before an agent can be found: the next words are the answer. */
function asking(phase: ChatPhase, words: readonly ThreadRow[]): ChatPhase {
  return phase.name === 'queued' && words.at(-1)?.asks ? { ...phase, asks: true } : phase;
}

/**
 * An agent is there once the queue says so, or once an agent wrote. A transfer can put the chat back into a queue: that is believed
 * only of a queue that knew of the agent before.
 */
function nextPhase(phase: ChatPhase, words: readonly ThreadRow[], state: ChatState, at: ChatPhase['since']): ChatPhase {
  const { chat, cursor, posted, interrupted, recent, asked, earlier, spokeAt } = phase;
  const before = phase.name === 'connected' ? phase : undefined;
  const talk = {
    ...(recent ? { recent } : {}),
    ...(asked ? { asked } : {}),
    ...(earlier ? { earlier } : {}),
    ...(spokeAt ? { spokeAt } : {}),
  };
  const kept = { chat, cursor, posted, ...(interrupted ? { interrupted } : {}), ...talk };
  const inChat = { ...kept, lastWordAt: words.length > 0 ? at : phase.lastWordAt };
  if (state.state === 'waiting' && words.length === 0 && before?.taken)
    return { name: 'queued', ...inChat, ...placeOf(state), since: at };
  if (!before && state.state !== 'in_progress' && words.length === 0) {
    return { ...phase, ...inChat, ...(state.state === 'waiting' ? placeOf(state, phase) : {}) };
  }
  const agent = words.at(-1)?.name ?? before?.agent ?? state.agent;
  const taken = before?.taken || state.state === 'in_progress';
  return before
    ? { ...before, ...inChat, ...earlierAgents(before, words), agent, taken }
    : { name: 'connected', ...inChat, lastWordAt: at, since: at, agent, taken };
}

/** Where in the queue; what it does not tell this time holds on. */
function placeOf({ position, wait }: ChatState, phase?: ChatPhase): { position?: number; wait?: string } {
  const known = phase?.name === 'queued' ? phase : undefined;
  return { position: position ?? known?.position, wait: wait ?? known?.wait };
}

function joined(before: ChatPhase, after: ChatPhase): Effect[] {
  if (before.name === after.name) return [];
  return after.name === 'connected'
    ? [notice({ key: 'agent_joined', agent: after.agent, chat: after.chat.id })]
    : [notice({ key: 'queued', position: after.position, wait: after.wait, chat: after.chat.id })];
}

/**
 * The platform's own closing line ends the chat. An agent may quote it, so in a person's row the queue decides; where the
 * queue cannot be asked, the line does. What the employee types never ends a chat: those rows are our own.
 */
function isOver(fresh: readonly ThreadRow[], state: ChatState, patterns: readonly RegExp[]): boolean {
  if (state.state === 'ended') return true;
  return fresh.some((row) => {
    const text = plainOf(row.text);
    if (row.author === 'self' || row.workNote || !patterns.some((pattern) => pattern.test(text))) return false;
    return row.author !== 'agent' || state.state === 'unknown';
  });
}

function lineOf(row: ThreadRow, chat: ChatId): TranscriptLine {
  return { at: row.at as number as TranscriptLine['at'], who: 'agent', name: row.name, text: rowText(row), chat };
}
