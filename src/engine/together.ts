import { type Content, inOne } from '../conversation/content';
import { type Effect, laneOf, type PendingEffect } from '../conversation/effects';
import type { Changed } from './fold';
import type { Settlement } from './store';

type AgentWords = Extract<Content, { kind: 'agent' }>;

/** What waits right behind the head of a lane and can be read in one message with it: words of the same agent, in order, up to a length. */
export function companionsFor(outbox: readonly PendingEffect[], head: PendingEffect, longest: number): PendingEffect[] {
  const first = wordsOf(head);
  if (!first) return [];
  const behind = outbox.filter((entry) => laneOf(entry.effect) === laneOf(head.effect) && entry.seq > head.seq);
  let length = first.text.length;
  const end = behind.findIndex((entry) => {
    const words = wordsOf(entry);
    length += (words?.text.length ?? 0) + 1;
    return words?.name !== first.name || length > longest || entry.state !== 'waiting' || entry.doubts > 0;
  });
  return end === -1 ? behind : behind.slice(0, end);
}

/** What went out with it in its last attempt. */
export function companionsOf(outbox: readonly PendingEffect[], { together = [] }: PendingEffect): PendingEffect[] {
  return outbox.filter(({ seq }) => together.includes(seq));
}

/** The one message that an attempt is, and all that is marked with it: the head first. */
export function asOneMessage(
  head: PendingEffect,
  companions: readonly PendingEffect[],
): { readonly effect: Effect; readonly marked: readonly [PendingEffect, ...PendingEffect[]] } {
  const { together: _, ...alone } = head;
  const first = wordsOf(head);
  if (!first || companions.length === 0) return { effect: head.effect, marked: [alone] };
  const parts = [head, ...companions].map((entry) => wordsOf(entry)?.text ?? '');
  const marked = { ...alone, together: companions.map(({ seq }) => seq) };
  return {
    effect: { type: 'show', content: { ...first, ...inOne(parts) } },
    marked: [marked, ...companions.map((entry) => withFateOf(marked, entry))],
  };
}

/** The head, to be tried again, and its companions: in doubt they stay together, otherwise each waits for itself. */
export function shareFate(head: PendingEffect, companions: readonly PendingEffect[]): PendingEffect[] {
  const { together: _, ...alone } = head;
  return [head.doubts > 0 ? head : alone, ...companions.map((entry) => withFateOf(head, entry))];
}

/** The outcome of an attempt is that of everything in it. */
export function settleTogether(changed: Changed, { together = [] }: PendingEffect, settled: Settlement): Changed {
  const others = together.map((seq) => ({ ...settled, seq }));
  return { ...changed, settle: [...changed.settle, ...others] };
}

function withFateOf(head: PendingEffect, entry: PendingEffect): PendingEffect {
  const { state, attempts, doubts, firstAttemptAt, lastAttemptAt, notBefore } = head;
  return { ...entry, state, attempts, doubts, firstAttemptAt, lastAttemptAt, notBefore };
}

/** Words that can stand beside others; what was late stands alone, under its own time, and so does what may be a repeat. */
function wordsOf({ effect }: PendingEffect): AgentWords | undefined {
  if (effect.type !== 'show' || effect.content.kind !== 'agent' || effect.again) return undefined;
  return effect.content.writtenAt === undefined ? effect.content : undefined;
}
