import type { PendingEffect } from '../conversation/effects';
import type { ConversationEvent } from '../conversation/events';
import type { Rules } from '../conversation/rules';
import type { TranscriptLine } from '../conversation/step';
import { transition } from '../conversation/transition';
import type { Conversation, ConversationKey, Instant, TurnId } from '../conversation/types';
import type { Fence } from './ownership';
import type { Change, Settlement, Stored } from './store';

/** A change as far as the story knows it; the engine adds key and version. */
export type Changed = Omit<Change, 'key' | 'from' | 'wakeAt'>;

export interface FoldWith {
  readonly rules: Rules;
  readonly at: Instant;
  readonly correlation: string;
  readonly turn?: TurnId;
  /** Where in a trace the events came about: their effects go on from there. */
  readonly traceparent?: string;
  /** The effect whose outcome the events are. */
  readonly settled?: Settlement;
  readonly fence?: Fence;
}

/** Takes events one after the other into one change; `undefined` when they change nothing. */
export function fold(stored: Stored, events: readonly ConversationEvent[], options: FoldWith): Changed | undefined {
  const { rules, at, correlation, traceparent, settled } = options;
  let conversation = stored.conversation;
  let pending = stored.outbox.filter((entry) => entry.seq !== settled?.seq);
  let effects = stored.effects;
  const put = new Map<number, PendingEffect>();
  const settle: Settlement[] = settled ? [settled] : [];
  const lines: TranscriptLine[] = [];
  for (const event of events) {
    const step = transition({ conversation, pending, rules }, event);
    conversation = step.conversation;
    lines.push(...step.lines);
    for (const seq of step.withdraw) {
      if (!put.delete(seq)) settle.push({ seq, outcome: 'withdrawn' });
    }
    for (const { seq, effect } of step.replace ?? []) {
      const entry = pending.find((other) => other.seq === seq && other.state === 'waiting');
      if (entry) put.set(seq, { ...entry, effect });
    }
    pending = pending.map((entry) => put.get(entry.seq) ?? entry);
    const added = step.effects.map((effect, index) =>
      newEntry({ seq: effects + index + 1, effect, correlation, since: at, traceparent }, isInDoubt(event)),
    );
    effects += added.length;
    for (const entry of added) put.set(entry.seq, entry);
    pending = [...pending.filter((entry) => !step.withdraw.includes(entry.seq)), ...added];
  }
  const isNews = conversation !== stored.conversation || put.size + settle.length + lines.length > 0;
  if (!isNews && options.turn === undefined) return undefined;
  const { turn, fence } = options;
  return { conversation, effects, put: [...put.values()], settle, turn, lines, at, fence };
}

/** The effects that are not settled once a change is kept, in order. */
export function outboxAfter(stored: Stored, { put, settle }: Pick<Change, 'put' | 'settle'>): readonly PendingEffect[] {
  if (put.length === 0 && settle.length === 0) return stored.outbox;
  const settled = new Set(settle.map(({ seq }) => seq));
  const changed = new Map(put.map((entry) => [entry.seq, entry]));
  const known = new Set(stored.outbox.map(({ seq }) => seq));
  const kept = stored.outbox.map((entry) => changed.get(entry.seq) ?? entry);
  const added = put.filter((entry) => !known.has(entry.seq));
  return [...kept, ...added].filter((entry) => !settled.has(entry.seq));
}

function newEntry(
  { traceparent, ...known }: Pick<PendingEffect, 'seq' | 'effect' | 'correlation' | 'since' | 'traceparent'>,
  inDoubt: boolean,
): PendingEffect {
  const traced = traceparent === undefined ? {} : { traceparent };
  return { ...known, ...traced, state: inDoubt ? 'in_doubt' : 'waiting', attempts: 0, doubts: inDoubt ? 1 : 0 };
}

/** What is done again although it may have happened is looked up first, or visibly marked. */
function isInDoubt(event: ConversationEvent): boolean {
  return event.type === 'redriven' && event.inDoubt;
}

/** A conversation that is not known yet: it begins with the first event that names its people. */
export function begin(key: ConversationKey, event: ConversationEvent): Stored | undefined {
  if (!('from' in event)) return undefined;
  const { reference, user } = event.from;
  const conversation: Conversation = {
    key,
    phase: { name: 'assisted', silences: 0 },
    reference,
    user,
    said: [],
    reachable: true,
    greeted: false,
  };
  return { conversation, version: 0, outbox: [], effects: 0 };
}
