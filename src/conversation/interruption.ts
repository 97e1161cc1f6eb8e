import type { ConversationEvent } from './events';
import { go, notice, type Situation, type Step, stay } from './step';
import type { ChatPhase, Instant, Phase } from './types';

/** So long an employee waits without a word; then she is told that things are slow. */
export const slowAfterMs = 8_000;

type Reading = Extract<ConversationEvent, { type: 'reading_interrupted' | 'reading_resumed' }>;

/** When the employee is to be told that what she waits for takes longer; `undefined` when she waits for nothing, or was told. */
export function slowAt(now: Situation): Instant | undefined {
  const since = waitingSince(now);
  return since === undefined ? undefined : ((since + slowAfterMs) as Instant);
}

/** Tells the employee, once, that things are slow. */
export function tellSlow({ conversation }: Situation): Step {
  const { phase } = conversation;
  switch (phase.name) {
    case 'assisted':
      return go(conversation, { ...phase, slow: true }, notice({ key: 'one_moment' }));
    case 'opening':
      return go(conversation, { ...phase, slow: true }, notice({ key: 'opening_slow' }));
    case 'queued':
    case 'connected':
      return asksMeanwhile(phase)
        ? go(conversation, { ...phase, slow: true }, notice({ key: 'one_moment' }))
        : interrupted(conversation, phase, 'words');
    case 'closing':
      return stay(conversation);
  }
}

/** Whether she waits for an answer of the assistant rather than for her words to get through. */
function asksMeanwhile(phase: Phase): phase is Extract<Phase, { name: 'queued' }> {
  return phase.name === 'queued' && phase.meanwhile === true;
}

/** The assistant has answered, or has failed to: the next question may be told of again. */
export function noLongerSlow(now: Situation): Situation {
  const { phase } = now.conversation;
  if ((phase.name !== 'assisted' && phase.name !== 'queued') || !phase.slow) return now;
  const { slow: _over, ...rest } = phase;
  return { ...now, conversation: { ...now.conversation, phase: rest } };
}

/** The agent's words cannot be read, or can be read again. */
export function readingChanged({ conversation }: Situation, event: Reading): Step {
  const { phase } = conversation;
  const isThis = (phase.name === 'queued' || phase.name === 'connected') && phase.chat.id === event.chat;
  if (!isThis) return stay(conversation);
  return event.type === 'reading_interrupted'
    ? interrupted(conversation, phase, 'reads')
    : resumed(conversation, phase, 'reads');
}

/** The employee's words went through: when none is left that waited long, she is told that it goes on. */
export function wordsGoOn(now: Situation, at: Instant): Step {
  const { phase } = now.conversation;
  if (phase.name !== 'queued' && phase.name !== 'connected') return stay(now.conversation);
  const oldest = oldestWords(now, phase);
  const isSlow = oldest !== undefined && at - oldest >= slowAfterMs;
  return isSlow ? stay(now.conversation) : resumed(now.conversation, phase, 'words');
}

function interrupted(conversation: Situation['conversation'], phase: ChatPhase, what: 'words' | 'reads'): Step {
  if (phase.interrupted?.[what]) return stay(conversation);
  const next = { ...phase, interrupted: { ...phase.interrupted, [what]: true } };
  return go(conversation, next, ...(phase.interrupted ? [] : [notice({ key: 'support_interrupted' })]));
}

function resumed(conversation: Situation['conversation'], phase: ChatPhase, what: 'words' | 'reads'): Step {
  if (!phase.interrupted?.[what]) return stay(conversation);
  const other = what === 'words' ? 'reads' : 'words';
  if (phase.interrupted[other]) return go(conversation, { ...phase, interrupted: { [other]: true } });
  const { interrupted: _over, ...rest } = phase;
  return go(conversation, rest, notice({ key: 'support_goes_on' }));
}

function waitingSince(now: Situation): number | undefined {
  const { phase } = now.conversation;
  switch (phase.name) {
    case 'assisted':
      return phase.slow ? undefined : oldestQuestion(now);
    case 'opening':
      return phase.slow ? undefined : phase.since;
    case 'queued':
    case 'connected':
      if (asksMeanwhile(phase)) return phase.slow ? undefined : oldestQuestion(now);
      return phase.interrupted?.words ? undefined : oldestWords(now, phase);
    case 'closing':
      return undefined;
  }
}

/** Since when the assistant is being asked what it has not answered. */
function oldestQuestion({ pending }: Situation): number | undefined {
  return pending.find(({ effect, firstAttemptAt }) => effect.type === 'ask' && firstAttemptAt !== undefined)
    ?.firstAttemptAt;
}

/** Since when the oldest words wait that did not reach the agent; those that wait for an agent are not late. */
function oldestWords({ pending }: Situation, phase: ChatPhase): number | undefined {
  const { wordsWait, openedAt } = phase.chat;
  if (wordsWait && phase.name === 'queued') return undefined;
  for (const { effect } of pending) {
    if (effect.type !== 'post' || effect.chat.id !== phase.chat.id || effect.words.from !== 'employee') continue;
    return Math.max(effect.words.message.at, wordsWait ? phase.since : openedAt);
  }
  return undefined;
}
