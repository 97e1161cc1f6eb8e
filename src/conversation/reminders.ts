import type { Rules } from './rules';
import { refreshStatus, statusOf } from './status';
import { also, go, notice, type Situation, type Step, stay } from './step';
import type { ChatPhase, Instant } from './types';

/** After so long in the queue, and then every so often, the message about the chat says how long the wait is by now. */
const firstReminderMs = 30_000;
const nextReminderMs = 120_000;
/** So long before a silent chat is closed the employee is told, or a third of the idle time where that is short. */
const longestWarningMs = 300_000;

/** So long before ServiceNow itself ends a chat the employee is told, or a third of the time where that is short. */
const longestCutOffWarningMs = 120_000;

/** When the employee is to hear that the wait goes on, or that the chat will be closed. */
export function remindAt({ conversation: { phase }, rules }: Situation): Instant | undefined {
  if (phase.name === 'queued') {
    const { remindedAt, since } = phase;
    return (remindedAt === undefined ? since + firstReminderMs : remindedAt + nextReminderMs) as Instant;
  }
  if (phase.name !== 'connected') return undefined;
  const times = [idleWarningAt(phase, rules), cutOffWarningAt(phase, rules)].filter((time) => time !== undefined);
  return times.length === 0 ? undefined : (Math.min(...times) as Instant);
}

/** The wait goes on, which the message about the chat tells; or somebody has not written for long. */
export function remind(now: Situation, at: Instant): Step {
  const { conversation, rules } = now;
  const { phase } = conversation;
  if (phase.name === 'queued') {
    const next = { ...phase, remindedAt: at };
    return also(go(conversation, next), refreshStatus(now, statusOf(next)));
  }
  if (phase.name !== 'connected') return stay(conversation);
  const cutOff = cutOffWarningAt(phase, rules);
  if (cutOff !== undefined && at >= cutOff) {
    const minutes = minutesUntil(silentSince(phase) + rules.cutOffMs, at);
    return go(
      conversation,
      { ...phase, cutOffToldFor: silentSince(phase) },
      notice({ key: 'cut_off_warning', minutes }),
    );
  }
  const minutes = minutesUntil(phase.lastWordAt + rules.idleTimeoutMs, at);
  return go(conversation, { ...phase, warnedFor: phase.lastWordAt }, notice({ key: 'idle_warning', minutes }));
}

type Connected = Extract<ChatPhase, { name: 'connected' }>;

/** Nobody has written. */
function idleWarningAt(phase: Connected, rules: Rules): number | undefined {
  if (rules.idleTimeoutMs === 0 || phase.warnedFor === phase.lastWordAt) return undefined;
  return phase.lastWordAt + rules.idleTimeoutMs - warningMs(rules);
}

/** The employee has not written, and ServiceNow looks at nothing else. */
function cutOffWarningAt(phase: Connected, { cutOffMs }: Rules): number | undefined {
  const since = silentSince(phase);
  if (cutOffMs === 0 || phase.cutOffToldFor === since) return undefined;
  return since + cutOffMs - Math.min(longestCutOffWarningMs, cutOffMs / 3);
}

function silentSince({ spokeAt, since }: Connected): Instant {
  return Math.max(spokeAt ?? 0, since) as Instant;
}

function minutesUntil(time: number, at: Instant): number {
  return Math.max(1, Math.round((time - at) / 60_000));
}

function warningMs({ idleTimeoutMs }: Rules): number {
  return Math.min(longestWarningMs, idleTimeoutMs / 3);
}
