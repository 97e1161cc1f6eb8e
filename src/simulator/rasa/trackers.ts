import type { NewEvent, RasaEvent } from './events';
import { stateOf, type TrackerState } from './tracker';

/** What a draft needs to know about its surroundings. */
export interface Surroundings {
  /** Milliseconds since 1970. */
  now(): number;
  slots(): readonly string[];
  readonly modelId: string;
}

/** A conversation being worked on. Nobody else sees what is added before it is saved. */
export class Draft {
  private added: RasaEvent[];

  constructor(
    readonly id: string,
    kept: readonly RasaEvent[],
    private readonly surroundings: Surroundings,
  ) {
    this.added = [...kept];
  }

  get events(): readonly RasaEvent[] {
    return this.added;
  }

  get state(): TrackerState {
    return stateOf(this.added, this.surroundings.slots());
  }

  append(event: NewEvent): void {
    const metadata = { ...(event.metadata as object | undefined), model_id: this.surroundings.modelId };
    this.added.push({ ...event, timestamp: event.timestamp ?? this.stamp(), metadata });
  }

  /** Drops all that has happened so far. */
  forget(): void {
    this.added = [];
  }

  /** Seconds with a fraction, later than the event before it when both fall in one millisecond. */
  private stamp(): number {
    const now = this.surroundings.now() / 1000 + 0.000417;
    const last = this.added.at(-1)?.timestamp ?? 0;
    const sameMoment = last >= now && last - now < 0.001;
    return sameMoment ? last + 0.000001 : now;
  }
}

/** All conversations, kept in memory. Saving replaces the whole conversation: the last one to save wins. */
export class Trackers {
  private readonly kept = new Map<string, readonly RasaEvent[]>();
  private readonly expired = new Set<string>();

  constructor(private readonly surroundings: Surroundings) {}

  has(id: string): boolean {
    return this.kept.has(id);
  }

  draft(id: string): Draft {
    return new Draft(id, this.kept.get(id) ?? [], this.surroundings);
  }

  /** A conversation without its past. */
  blank(id: string): Draft {
    return new Draft(id, [], this.surroundings);
  }

  save(draft: Draft): void {
    this.kept.set(draft.id, draft.events);
  }

  /** The session of this conversation counts as expired at the next message. */
  expire(id: string): void {
    this.expired.add(id);
  }

  /** Whether the session was declared expired; asking uses it up. */
  takeExpired(id: string): boolean {
    return this.expired.delete(id);
  }

  clear(): void {
    this.kept.clear();
    this.expired.clear();
  }
}
