import type { ChatEnd, Notice } from './content';
import type { Effect } from './effects';
import type { CloseReason } from './end-of-chat';
import { afterChat } from './ended';
import { unattached, unfetched } from './files';
import { undelivered } from './handoff';
import { lostWith, unread } from './lost-words';
import { endedStatus, refreshStatus } from './status';
import { also, beingAsked, go, notice, type Situation, type Step, seqs, stay, waiting } from './step';
import type { ChatPhase, Instant, Phase, UserMessage } from './types';

type Closing = Extract<Phase, { name: 'closing' }>;

/** Ends that leave words on their way undelivered: with the others the words go first, then the chat is left. */
const cutsOff: Record<CloseReason, boolean> = {
  user: false,
  nobody_came: false,
  nobody_wrote: false,
  agent: true,
  error: true,
  uninstalled: false,
  employee_unreachable: false,
  operator: false,
};

/** Ends after which the agent's last words can still be fetched and shown. */
const looksOnceMore: Record<CloseReason, boolean> = {
  user: true,
  nobody_came: true,
  nobody_wrote: true,
  agent: true,
  error: false,
  uninstalled: false,
  employee_unreachable: false,
  operator: true,
};

/** The chat is over: it is left, and the assistant has the floor from the next turn on. */
export function endChat(now: Situation, reason: CloseReason, at: Instant, lost: readonly UserMessage[] = []): Step {
  const phase = now.conversation.phase as ChatPhase;
  const { chat, cursor, posted } = phase;
  // Words that waited for an agent would be lost now: nobody is there to read them.
  const isCutOff = cutsOff[reason] || (chat.wordsWait === true && phase.name === 'queued');
  const cut = isCutOff ? waiting(now, 'post').filter((entry) => entry.effect.chat.id === chat.id) : [];
  const words = cut.flatMap(({ effect }) => lostWith(effect.words, now.conversation));
  const files = [unfetched(now, chat.handoff, at), ...(isCutOff ? [unattached(now, chat, at)] : [])];
  const closing: Closing = {
    name: 'closing',
    chat,
    reason,
    since: at,
    cursor,
    undelivered: distinct([...lost, ...words, ...files.flatMap((left) => left.lost)]),
    posted,
    ...(phase.recent ? { recent: phase.recent } : {}),
    ...(phase.name === 'connected' ? { met: phase.agent === undefined ? {} : { name: phase.agent } } : {}),
    old: beingAsked(now),
  };
  const step = go(
    unread(now.conversation, ...cut.map(({ effect }) => effect.words)),
    closing,
    { type: 'tell_assistant', news: { event: 'chat_ended', chat: chat.id, reason } },
    { type: 'leave', chat, lastLook: looksOnceMore[reason] },
  );
  const { effects, replace } = refreshStatus(now, endedStatus(chat));
  const withdraw = [...seqs(cut), ...files.flatMap((left) => left.withdraw)];
  return also(step, { effects: [...effects, ...files.flatMap((left) => left.effects)], replace, withdraw });
}

/** The employee is told, once, that the chat is over. `located`: whether ServiceNow still knew the chat we left. */
export function sayGoodbye(now: Situation, located: boolean, at: Instant): Step {
  const phase = now.conversation.phase as Closing;
  const { chat, reason, cursor, posted, old, met } = phase;
  const last = { id: chat.id, number: chat.number, reason, at, cursor, posted, chat, ...(met ? { met } : {}) };
  const told = [...farewell(phase, located).map((words) => notice(words)), ...undelivered(phase.undelivered)];
  const news = { event: 'goodbye_said', chat: chat.id, reason, answered: met !== undefined } as const;
  const effects: Effect[] = now.rules.assistantGreets ? [...told, { type: 'tell_assistant', news }] : told;
  return go(afterChat(now, last), { name: 'assisted', silences: 0, old }, ...effects);
}

/** A chat that is just being left is said goodbye to before the next one begins. */
export function endedBefore(now: Situation, at: Instant): Step {
  return now.conversation.phase.name === 'closing' ? sayGoodbye(now, true, at) : stay(now.conversation);
}

function farewell(phase: Closing, located: boolean): Notice[] {
  const end = inShort(phase);
  switch (phase.reason) {
    case 'user':
      return [{ key: 'ended_by_user', end }];
    case 'agent':
      return [{ key: 'ended_by_agent', end }];
    case 'nobody_came':
      return [{ key: 'ended_nobody_came', end }];
    case 'nobody_wrote':
      return [{ key: 'ended_nobody_wrote', end }];
    case 'operator':
      return [{ key: 'ended_by_operator', end }];
    case 'error':
      return [located ? particulars(phase) : { key: 'ended_not_located' }];
    case 'uninstalled':
    case 'employee_unreachable':
      return [];
  }
}

/** What the employee can quote to the help desk: summary, chat id and the last-updated time in ServiceNow's UTC. */
function particulars(phase: Closing): Notice {
  const { chat, cursor } = phase;
  const lastUpdated = cursor.time > 0 ? new Date(cursor.time).toISOString().slice(0, 19).replace('T', ' ') : '';
  return {
    key: 'ended_by_error',
    summary: chat.summary,
    chat: chat.number ?? chat.id,
    lastUpdated,
    end: inShort(phase),
  };
}

function inShort({ chat, since, met }: Closing): ChatEnd {
  const minutes = Math.max(1, Math.round((since - chat.openedAt) / 60_000));
  return { chat: chat.id, number: chat.number, agent: met?.name, minutes, rateable: met !== undefined };
}

function distinct(messages: readonly UserMessage[]): UserMessage[] {
  return messages.filter((message, index) => messages.findIndex((other) => other.turn === message.turn) === index);
}
