import type { SimulatorClock } from '../clock';
import type { Item } from '../dialogue/collector';
import type { Understanding } from '../dialogue/nlu';
import type { Script, Utterance } from '../dialogue/script';
import type { Random } from '../random';
import type { Settings } from '../settings';
import type { TicketLocks } from '../ticket-lock';
import type { Draft, Trackers } from '../trackers';

/** What the bot works with. */
export interface Bot {
  readonly clock: SimulatorClock;
  readonly settings: Settings;
  readonly random: Random;
  readonly locks: TicketLocks;
  readonly trackers: Trackers;
  script(): Script;
  isLoaded(): boolean;
}

/** Where a turn's messages go while it runs. */
export interface Output {
  say(items: readonly Item[], utterance: Utterance): Promise<void>;
}

/** One message of a user, as a channel hands it over. */
export interface UserMessage {
  readonly sender: string;
  readonly text: string;
  readonly channel: string;
  readonly metadata: Readonly<Record<string, unknown>> | undefined;
}

/** A turn at work: the conversation it changes, what was said, who listens, and the signal that ends it early. */
export interface Turn {
  readonly bot: Bot;
  readonly draft: Draft;
  readonly heard: Understanding;
  readonly channel: string;
  readonly output: Output;
  readonly signal: AbortSignal;
}
