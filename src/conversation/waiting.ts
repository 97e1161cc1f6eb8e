import { endChat, sayGoodbye } from './ending';
import { beginHandoff } from './handoff';
import { slowAt, tellSlow } from './interruption';
import { bringAt } from './later';
import { remind, remindAt } from './reminders';
import { longestGoodbyeMs, type Rules } from './rules';
import { after, type Situation, type Step, stay, then } from './step';
import type { Conversation, Instant, TurnId } from './types';

/** Things are slow; nobody came, nobody wrote, or leaving takes longer than an employee waits for an answer. */
export function timePassed(now: Situation, at: Instant): Step {
  const slow = isPast(slowAt(now), at) ? tellSlow(now) : stay(now.conversation);
  const ends = isPast(endAt(now.conversation, now.rules), at);
  const awake = after(now, slow);
  const told = then(slow, !ends && isPast(remindAt(awake), at) ? remind(awake, at) : stay(slow.conversation));
  const later = after(now, told);
  if (isPast(bringAt(later), at)) return then(told, bring(later, at));
  return then(told, isPast(endAt(later.conversation, now.rules), at) ? runsOut(later, at) : stay(later.conversation));
}

/** When the conversation wants to be woken although nothing happens. */
export function wakeAt(now: Situation): Instant | undefined {
  const times = [slowAt(now), remindAt(now), bringAt(now), endAt(now.conversation, now.rules)].filter(
    (time) => time !== undefined,
  );
  return times.length === 0 ? undefined : (Math.min(...times) as Instant);
}

/** It is time to bring the message that was left: a hand-off of its own, of which she hears once somebody is there. */
function bring(now: Situation, at: Instant): Step {
  const { later } = now.conversation;
  if (later?.state !== 'kept') return stay(now.conversation);
  const { since, tries, message, request } = later;
  const turn = `${message.turn}:later:${tries}` as TurnId;
  return beginHandoff(now, request, { turn, at, announced: true, left: { since, tries } });
}

function runsOut(now: Situation, at: Instant): Step {
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

function endAt({ phase }: Conversation, rules: Rules): Instant | undefined {
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

function isPast(time: Instant | undefined, at: Instant): boolean {
  return time !== undefined && at >= time;
}
