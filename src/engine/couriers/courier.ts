import type { Effect, PendingEffect } from '../../conversation/effects';
import type { ConversationEvent } from '../../conversation/events';
import type { ApiFailure } from '../../conversation/failures';
import type { Conversation, Instant } from '../../conversation/types';
import type { Blobs } from '../blobs';
import type { Fence } from '../ownership';
import type { Pace } from '../pace';
import type { Assistant, Clock, Desk, FileDesk, FileShare, Log, Messenger, WriteTranscript } from '../ports';
import type { ConversationStore } from '../store';

/** What couriers work with. */
export interface CourierParts {
  readonly assistant: Assistant;
  readonly desk: Desk;
  readonly messenger: Messenger;
  readonly store: ConversationStore;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly log: Log;
  /** Absent: files are not carried, and whoever sends one is told. */
  readonly files?: FileParts;
  /** Absent: nobody gets what was said as a file. */
  readonly writeTranscript?: WriteTranscript;
}

/** What carries files. */
export interface FileParts {
  readonly share: FileShare;
  readonly desk: FileDesk;
  readonly blobs: Blobs;
}

/** One effect to be carried out. */
export interface Errand<E extends Effect = Effect> {
  readonly effect: E;
  readonly entry: PendingEffect;
  readonly conversation: Conversation;
  /** An earlier attempt may have taken effect: look before you repeat. */
  readonly inDoubt: boolean;
  /** What the conversation is owned with. */
  readonly fence: Fence;
}

/** What came of it; the events are taken in the same commit that settles the effect. */
export interface Outcome {
  readonly events: readonly ConversationEvent[];
  readonly outcome: 'done' | 'given_up' | 'unknown';
  /** An id or a kind for the ledger, never words. */
  readonly detail?: string;
}

/** Carries out one kind of effect. */
export interface Courier<E extends Effect = Effect> {
  /** Throws an ApiFailure, or Unfinished, when it did not work out. */
  carry(errand: Errand<E>): Promise<Outcome>;
  /** What it means for the conversation that no more attempt is made. */
  giveUp(errand: Errand<E>, failure: ApiFailure, at: Instant): ConversationEvent[];
}

/** It did not work out, but something was learnt on the way that counts already. */
export class Unfinished extends Error {
  override readonly name = 'Unfinished';

  constructor(
    readonly failure: ApiFailure,
    readonly events: readonly ConversationEvent[],
  ) {
    super(failure.message, { cause: failure });
  }
}

export function done(events: readonly ConversationEvent[] = [], detail?: string): Outcome {
  return detail === undefined ? { events, outcome: 'done' } : { events, outcome: 'done', detail };
}
