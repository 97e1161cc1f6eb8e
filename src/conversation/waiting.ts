import { endChat, sayGoodbye } from './ending';
import { longestGoodbyeMs, type Rules } from './rules';
import { type Situation, type Step, stay } from './step';
import type { Conversation, Instant } from './types';

/** Nobody came, nobody wrote, or leaving takes longer than an employee waits for an answer. */
export function timePassed(now: Situation, at: Instant): Step {
  const wake = wakeAt(now.conversation, now.rules);
  if (wake === undefined || at < wake) return stay(now.conversation);
  switch (now.conversation.phase.name) {
    case 'queued':
      return endChat(now, 'nobody_came', at);
    case 'connected':
      return endChat(now, 'nobody_wrote', at);
    case 'closing':
      return sayGoodbye(now, true, at);
    case 'assisted':
    case 'opening':
      return stay(now.conversation);
  }
}

/** When the conversation wants to be woken although nothing happens. */
export function wakeAt({ phase }: Conversation, rules: Rules): Instant | undefined {
  switch (phase.name) {
    case 'queued':
      return rules.queueTimeoutMs === 0 ? undefined : ((phase.since + rules.queueTimeoutMs) as Instant);
    case 'connected':
      return rules.idleTimeoutMs === 0 ? undefined : ((phase.lastWordAt + rules.idleTimeoutMs) as Instant);
    case 'closing':
      return phase.reason === 'error' ? undefined : ((phase.since + longestGoodbyeMs) as Instant);
    case 'assisted':
    case 'opening':
      return undefined;
  }
}
