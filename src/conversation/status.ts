import type { ChatStatus } from './content';
import type { Effect } from './effects';
import type { ConversationEvent } from './events';
import { type Situation, type Step, stay, waiting } from './step';
import type { ChatPhase, Conversation, LiveChat } from './types';

/** How a chat stands, for its message in Teams. */
export function statusOf(phase: ChatPhase): ChatStatus {
  const { chat, since } = phase;
  const known = { chat: chat.id, number: chat.number };
  if (phase.name === 'connected') return { ...known, state: 'connected', since: chat.openedAt, agent: phase.agent };
  const { position, wait, remindedAt, meanwhile } = phase;
  const waitedMinutes = remindedAt === undefined ? undefined : Math.round((remindedAt - since) / 60_000);
  return { ...known, state: 'waiting', position, wait, since, waitedMinutes, meanwhile };
}

export function endedStatus({ id, number, openedAt }: LiveChat): ChatStatus {
  return { chat: id, number, state: 'ended', since: openedAt };
}

/** The first message about the chat; later ones change it. */
export function showStatus(status: ChatStatus): Effect {
  return { type: 'show', content: { kind: 'status', status } };
}

/** Changes the message in place. A change that still waits becomes this one: only the newest matters. */
export function refreshStatus(now: Situation, status: ChatStatus): Pick<Step, 'effects' | 'replace'> {
  const effect: Effect = { type: 'refresh', status };
  const before = waiting(now, 'refresh').find((entry) => entry.effect.status.chat === status.chat);
  return before ? { effects: [], replace: [{ seq: before.seq, effect }] } : { effects: [effect], replace: [] };
}

/** Whether the message would say something else now. */
export function saysOther(one: ChatStatus, other: ChatStatus): boolean {
  return one.state !== other.state || one.position !== other.position || one.wait !== other.wait;
}

/** Teams has the message: from now on it can be changed. */
export function statusShown(
  { conversation }: Situation,
  { chat, activity }: Extract<ConversationEvent, { type: 'status_shown' }>,
): Step {
  return stay({ ...conversation, statusCard: { chat, activity } } satisfies Conversation);
}
