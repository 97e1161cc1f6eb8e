import type { AgentNotice, ChatStatus, Content } from './content';
import type { CloseReason, Rating } from './end-of-chat';
import type { FileTarget } from './file-target';
import type {
  AgentFile,
  ChatId,
  FileId,
  FileRef,
  Handoff,
  HandoffId,
  Instant,
  LiveChat,
  StoredFile,
  TurnId,
  UserMessage,
} from './types';

/** What the connector does in the world. Each is carried out by one courier, and each outcome comes back as an event. */
export type Effect =
  | { readonly type: 'ask'; readonly message: UserMessage }
  | { readonly type: 'tell_assistant'; readonly news: AssistantNews }
  | { readonly type: 'identify' }
  | { readonly type: 'open'; readonly handoff: Handoff }
  | { readonly type: 'post'; readonly chat: LiveChat; readonly words: Words }
  /** `lastLook`: what the agent wrote at the last moment is read first. */
  | { readonly type: 'leave'; readonly chat: LiveChat; readonly lastLook: boolean }
  | { readonly type: 'reap'; readonly target: { readonly chat: LiveChat } | { readonly handoff: Handoff } }
  /** `again`: it may have been shown before, by a process whose memory is lost. */
  | { readonly type: 'show'; readonly content: Content; readonly again?: true }
  /** Changes the message in Teams that tells how the chat stands. */
  | { readonly type: 'refresh'; readonly status: ChatStatus }
  /** Fetches a file of the employee's at once, for the chat of this hand-off: its address may not live long. */
  | { readonly type: 'fetch'; readonly file: FileRef; readonly turn: TurnId; readonly handoff: HandoffId }
  /** Brings a file whose bytes are kept here into the chat's thread. */
  | { readonly type: 'attach'; readonly chat: LiveChat; readonly file: FileToAttach; readonly turn: TurnId }
  /** Brings a file of an agent's that the employee accepted to where Teams keeps her files. */
  | { readonly type: 'hand_over'; readonly file: AgentFile; readonly chat: ChatId; readonly target: FileTarget }
  /** Tells ServiceNow how content the employee was with a chat. */
  | { readonly type: 'rate'; readonly chat: LiveChat; readonly rating: Rating }
  /** Forgets the bytes of a file. */
  | { readonly type: 'discard'; readonly file: FileId };

/** Words for the chat's thread: the employee's own (a long message is several parts), or the connector's. */
export type Words =
  | {
      readonly from: 'employee';
      readonly message: UserMessage;
      readonly part: string;
      /** The words are said instead of others that the agent has already. */
      readonly corrects?: true;
    }
  | { readonly from: 'connector'; readonly notice: AgentNotice };

/** A file whose bytes are kept here. */
export type FileToAttach = FileRef & { readonly stored: StoredFile };

/** What the assistant learns about the human part, where its tracker is enabled. */
export type AssistantNews =
  | { readonly event: 'chat_started'; readonly chat: ChatId; readonly user?: string; readonly handoff: HandoffId }
  /** The employee waits for an agent, and uses the assistant meanwhile. */
  | { readonly event: 'asked_meanwhile'; readonly chat: ChatId }
  | { readonly event: 'chat_ended'; readonly chat?: ChatId; readonly reason: string }
  /** The employee knows that the chat is over: the assistant may say something to that. */
  | { readonly event: 'goodbye_said'; readonly chat: ChatId; readonly reason: CloseReason; readonly answered: boolean };

/** One destination's first-in-first-out line within a conversation. */
export type Lane = 'assistant' | 'desk' | 'reaper' | 'teams' | 'files' | 'leftovers';

const lanes = {
  ask: 'assistant',
  tell_assistant: 'assistant',
  identify: 'desk',
  open: 'desk',
  post: 'desk',
  leave: 'desk',
  reap: 'reaper',
  show: 'teams',
  refresh: 'teams',
  fetch: 'files',
  attach: 'desk',
  hand_over: 'files',
  // Not behind files that wait for the room that this makes.
  discard: 'leftovers',
  rate: 'reaper',
} as const satisfies Record<Effect['type'], Lane>;

/** The line that an effect waits in. */
export function laneOf(effect: Effect): Lane {
  return lanes[effect.type];
}

/** An effect that is not settled. */
export interface PendingEffect {
  /** Its place among all effects of the conversation, from 1. */
  readonly seq: number;
  readonly effect: Effect;
  /**
   * `waiting`: it has certainly not happened. `in_flight`: it is happening, or the process died while it was. `in_doubt`: it was
   * tried, and nobody knows whether it happened.
   */
  readonly state: 'waiting' | 'in_flight' | 'in_doubt';
  readonly attempts: number;
  /** Attempts of which nobody knows whether they took effect. */
  readonly doubts: number;
  /** When it was to be done for the first time; absent in what older versions kept. */
  readonly since?: Instant;
  readonly firstAttemptAt?: Instant;
  readonly lastAttemptAt?: Instant;
  readonly notBefore?: Instant;
  /**
   * Effects behind it that go out with it, in one message, and share its fate. It is decided in the commit that marks the attempt; what is
   * repeated in doubt is the same message.
   */
  readonly together?: readonly number[];
  /** Ties log lines together from the activity to ServiceNow's row. */
  readonly correlation: string;
  /** The place in a trace of what led to it, as W3C's header writes it; absent where nothing is traced. */
  readonly traceparent?: string;
}
