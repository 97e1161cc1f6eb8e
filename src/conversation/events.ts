import type { AssistantAnswer, AssistantItem } from './content';
import type { Effect } from './effects';
import type { FailureKind } from './failures';
import type { FileRefusal } from './file-refusal';
import type { FileTarget } from './file-target';
import type { Opening } from './opening-time';
import type {
  AgentFile,
  ChatId,
  ConversationReference,
  Employee,
  Handoff,
  Instant,
  LiveChat,
  RowId,
  ServerTime,
  StoredFile,
  TurnId,
  UserMessage,
} from './types';

/** One row of a chat's thread, told apart by who wrote it. */
export interface ThreadRow {
  readonly id: RowId;
  readonly at: ServerTime;
  /** `bot`: ServiceNow's own assistant. What it says is shown; nobody has come with it. */
  readonly author: 'self' | 'agent' | 'system' | 'bot';
  readonly name?: string;
  /** With the unseen marks of `marks.ts`. */
  readonly text: string;
  readonly files?: readonly AgentFile[];
  /** These words of the employee's came to nobody: the row is what ServiceNow's own assistant makes of them. */
  readonly missed?: TurnId;
  /** A question that is to be answered before an agent can be found. */
  readonly asks?: true;
  /** Written for other agents only. */
  readonly workNote: boolean;
}

/** What ServiceNow's queue says of a chat, beside its thread. */
export interface ChatState {
  /** `unknown`: this instance does not tell. `unanswered`: it does, but not just now. */
  readonly state: 'waiting' | 'in_progress' | 'ended' | 'unknown' | 'unanswered';
  readonly position?: number;
  readonly wait?: string;
  /** Who has taken it, where that is told before she or he says a word. */
  readonly agent?: string;
}

type HandOver = Extract<Effect, { type: 'hand_over' }>;

export type AssistantTrouble = 'down' | 'outcome_unknown';

/** What happened in one conversation. `at` is our clock. */
export type ConversationEvent =
  | { readonly type: 'user_spoke'; readonly message: UserMessage; readonly from: Sender; readonly at: Instant }
  | { readonly type: 'user_edited'; readonly message: UserMessage; readonly from: Sender; readonly at: Instant }
  | { readonly type: 'user_withdrew'; readonly turn: TurnId; readonly from: Sender; readonly at: Instant }
  | { readonly type: 'user_reacted'; readonly reaction: string; readonly from: Sender; readonly at: Instant }
  | {
      readonly type: 'file_accepted';
      readonly file: AgentFile['id'];
      readonly target: FileTarget;
      readonly from: Sender;
      readonly at: Instant;
    }
  | { readonly type: 'file_declined'; readonly file: AgentFile['id']; readonly from: Sender; readonly at: Instant }
  | { readonly type: 'app_installed'; readonly from: Sender; readonly at: Instant }
  | { readonly type: 'app_uninstalled'; readonly from: Sender; readonly at: Instant }
  | { readonly type: 'reading_interrupted' | 'reading_resumed'; readonly chat: ChatId; readonly at: Instant }
  | { readonly type: 'spoke_in_group'; readonly from: Sender; readonly at: Instant }
  | {
      readonly type: 'assistant_answered';
      readonly turn: TurnId;
      readonly answer: AssistantAnswer;
      readonly at: Instant;
    }
  | {
      readonly type: 'assistant_failed';
      readonly message: UserMessage;
      readonly trouble: AssistantTrouble;
      readonly at: Instant;
    }
  /** What the assistant says to the end of a chat that it was told of. */
  | {
      readonly type: 'assistant_greeted';
      readonly chat: ChatId;
      readonly items: readonly AssistantItem[];
      readonly at: Instant;
    }
  | { readonly type: 'employee_identified'; readonly name?: string; readonly email?: string; readonly at: Instant }
  | { readonly type: 'chat_opened'; readonly chat: LiveChat; readonly state: ChatState; readonly at: Instant }
  | {
      readonly type: 'open_failed';
      readonly handoff: Handoff;
      readonly kind: FailureKind;
      /** The far side's own words for the employee, such as a queue's opening hours. */
      readonly words?: string;
      readonly opens?: Opening;
      /** True when the chat may exist all the same. */
      readonly mayExist: boolean;
      readonly at: Instant;
    }
  /** The message that tells how the chat stands is there; `activity` is Teams' id of it. */
  | { readonly type: 'status_shown'; readonly chat: ChatId; readonly activity: string; readonly at: Instant }
  | { readonly type: 'words_posted'; readonly chat: ChatId; readonly row?: RowId; readonly at: Instant }
  | {
      readonly type: 'post_failed';
      readonly effect: Extract<Effect, { type: 'post' }>;
      readonly kind: FailureKind;
      /** Nobody knows whether the words are in the thread. */
      readonly inDoubt?: true;
      /** The queue says that the chat is over. */
      readonly ended: boolean;
      readonly at: Instant;
    }
  | {
      readonly type: 'thread_read';
      readonly chat: ChatId;
      readonly rows: readonly ThreadRow[];
      readonly state: ChatState;
      readonly at: Instant;
    }
  | { readonly type: 'chat_lost'; readonly chat: ChatId; readonly kind: FailureKind; readonly at: Instant }
  /** Somebody who runs the connector ends the chat. */
  | { readonly type: 'operator_ended'; readonly chat: ChatId; readonly at: Instant }
  | { readonly type: 'chat_left'; readonly chat: ChatId; readonly at: Instant }
  | { readonly type: 'leave_failed'; readonly chat: LiveChat; readonly gone: boolean; readonly at: Instant }
  | {
      readonly type: 'file_fetched';
      readonly effect: Extract<Effect, { type: 'fetch' }>;
      readonly stored: StoredFile;
      readonly at: Instant;
    }
  | {
      readonly type: 'file_refused';
      readonly effect: Extract<Effect, { type: 'fetch' }>;
      readonly reason: FileRefusal;
      readonly at: Instant;
    }
  | {
      readonly type: 'file_attached';
      readonly effect: Extract<Effect, { type: 'attach' }>;
      readonly row?: RowId;
      readonly at: Instant;
    }
  | {
      readonly type: 'attach_failed';
      readonly effect: Extract<Effect, { type: 'attach' }>;
      /** Nobody knows whether the agent has it all the same. */
      readonly inDoubt?: true;
      /** The queue says that the chat is over. */
      readonly ended: boolean;
      readonly at: Instant;
    }
  | { readonly type: 'file_handed_over'; readonly effect: HandOver; readonly at: Instant }
  | { readonly type: 'hand_over_failed'; readonly effect: HandOver; readonly at: Instant }
  | {
      readonly type: 'show_failed';
      readonly effect: Extract<Effect, { type: 'show' }>;
      /** `in_doubt`: nobody knows whether it was shown, and it is not tried again. */
      readonly how: 'unreachable' | 'refused' | 'in_doubt';
      readonly at: Instant;
    }
  /** Somebody wants work done again that was given up. The one event that can be refused: RedriveRefused. */
  /** Given-up work is wanted again. `inDoubt`: it may have happened. */
  | { readonly type: 'redriven'; readonly effect: Effect; readonly inDoubt: boolean }
  | { readonly type: 'time_passed'; readonly at: Instant };

export interface Sender {
  readonly reference: ConversationReference;
  readonly user: Employee;
}
