import type { Rules } from './rules';
import { refreshStatus, statusOf } from './status';
import { also, go, notice, type Situation, type Step, stay } from './step';
import type { Instant } from './types';

/** After so long in the queue, and then every so often, the message about the chat says how long the wait is by now. */
const firstReminderMs = 30_000;
const nextReminderMs = 120_000;
/** So long before a silent chat is closed the employee is told, or a third of the idle time where that is short. */
const longestWarningMs = 300_000;

/** When the employee is to hear that the wait goes on, or that the chat will be closed. */
export function remindAt({ conversation: { phase }, rules }: Situation): Instant | undefined {
  if (phase.name === 'queued') {
    const { remindedAt, since } = phase;
    return (remindedAt === undefined ? since + firstReminderMs : remindedAt + nextReminderMs) as Instant;
  }
  if (phase.name !== 'connected' || rules.idleTimeoutMs === 0 || phase.warnedFor === phase.lastWordAt) return undefined;
  return (phase.lastWordAt + rules.idleTimeoutMs - warningMs(rules)) as Instant;
}

/** The wait goes on, which the message about the chat tells; or nobody has written for long. */
export function remind(now: Situation, at: Instant): Step {
  const { conversation, rules } = now;
  const { phase } = conversation;
  if (phase.name === 'queued') {
    const next = { ...phase, remindedAt: at };
    return also(go(conversation, next), refreshStatus(now, statusOf(next)));
  }
  if (phase.name !== 'connected') return stay(conversation);
  const left = phase.lastWordAt + rules.idleTimeoutMs - at;
  const minutes = Math.max(1, Math.round(left / 60_000));
  return go(conversation, { ...phase, warnedFor: phase.lastWordAt }, notice({ key: 'idle_warning', minutes }));
}

function warningMs({ idleTimeoutMs }: Rules): number {
  return Math.min(longestWarningMs, idleTimeoutMs / 3);
}
