import type { CloseReason, MetAgent, Rating } from './end-of-chat';
import type { AgentFile, FileOffer, FileRef, StoredFile } from './file-types';
import type { HandoffRequest } from './handoff-request';
import type { ChatId, ConversationKey, FileId, HandoffId, Instant, RowId, ServerTime, TurnId } from './ids';
import type { Opening } from './opening-time';

export type {
  AgentFile,
  ChatId,
  ConversationKey,
  FileId,
  FileOffer,
  FileRef,
  HandoffId,
  Instant,
  RowId,
  ServerTime,
  StoredFile,
  TurnId,
};

/** Who is asking, as far as Teams told. */
export interface Employee {
  readonly id: string;
  readonly aadObjectId?: string;
  readonly name: string;
  readonly email?: string;
  /** BCP 47, the activity's own, such as `de-DE`. */
  readonly locale: string;
  /** IANA name, such as `Europe/Berlin`. */
  readonly timezone?: string;
  /** What she writes on, as Teams names it, such as `Windows` or `iOS`. */
  readonly device?: string;
  /** Whether the directory was asked for name and e-mail, and since when its answer holds. */
  readonly lookedUpAt?: Instant;
}

/** Where to send what the employee is to see; our own plain form of Bot Framework's conversation reference. */
export interface ConversationReference {
  readonly tenantId: string;
  readonly conversationId: string;
  readonly channelId: string;
  /** The newest that the channel named. */
  readonly serviceUrl: string;
  readonly bot: { readonly id: string; readonly name?: string };
  readonly user: { readonly id: string; readonly aadObjectId?: string; readonly name?: string };
}

/** One message of the employee. */
export interface UserMessage {
  readonly turn: TurnId;
  /** What a person reads. For a click this is the button's title. */
  readonly text: string;
  /** What the assistant gets instead of the text: the payload of a button that the connector itself showed. */
  readonly payload?: string;
  /** The chat to which the button belongs that was clicked: it concerns no other one. */
  readonly chat?: ChatId;
  /** What came with the words; they come first. */
  readonly files?: readonly FileRef[];
  /** Nobody knows whether it reached the agent. */
  readonly unsure?: true;
  /** The message with which the file came that this one names. */
  readonly with?: TurnId;
  readonly at: Instant;
}

/** One line of what was said before the hand-off, for the agent. */
export interface Line {
  readonly at: Instant;
  readonly who: 'user' | 'bot';
  readonly text: string;
  readonly turn?: TurnId;
}

export interface Handoff {
  readonly id: HandoffId;
  readonly request: HandoffRequest;
  readonly requestedAt: Instant;
  /** What was said until then, oldest first, without the words that are held for the agent. */
  readonly transcript: readonly Line[];
  /** The chat that did not settle the matter. */
  readonly follows?: PreviousChat;
  /** It brings a message that was left while nobody was there. */
  readonly left?: LeftMessage;
}

/** Since when a message is kept for the help desk, and how often it was tried to bring it. */
export interface LeftMessage {
  readonly since: Instant;
  readonly tries: number;
}

/** A chat that is over, for the agent of the next one. */
export interface PreviousChat {
  readonly id: ChatId;
  readonly number?: string;
  readonly agent?: string;
  readonly endedAt: Instant;
}

/** ServiceNow's side of a chat: its ids never change while it lives. */
export interface LiveChat {
  readonly id: ChatId;
  readonly handoff: HandoffId;
  /** sys_id of the queue. */
  readonly queue: string;
  /** sys_id of the queue entry, where the profile has one. */
  readonly entry?: string;
  /** The number that people quote, such as CHAT0010427. */
  readonly number?: string;
  /** `live_chat_user`: who we are in the thread, where the profile can tell. */
  readonly user?: string;
  readonly summary: string;
  readonly openedAt: Instant;
  /** Words wait here until an agent is there: before, the far side would lose them. */
  readonly wordsWait?: true;
}

/** How far the thread has been read. Rows can share a second or be committed late: inside the window, ids decide. */
export interface Cursor {
  /** `live_chat_last_updated`: time of the newest row that was processed. */
  readonly time: ServerTime;
  /** Rows before this time are done with, whatever the windows are set to later: their ids are no longer known. */
  readonly floor?: ServerTime;
  /** Rows that were processed and may be read again. */
  readonly seen: readonly { readonly id: RowId; readonly at: ServerTime }[];
  /** The most that a row was behind the newest one when it appeared. */
  readonly lagMs?: number;
}

export interface EndedChat {
  readonly id: ChatId;
  readonly number?: string;
  readonly reason: CloseReason;
  readonly at: Instant;
  /** What of the thread was read and written: words that are still on their way when the goodbye is said come after it. */
  readonly cursor: Cursor;
  readonly posted: readonly RowId[];
  /** Absent where an older version of the connector ended it. */
  readonly chat?: LiveChat;
  readonly met?: MetAgent;
  readonly rating?: Rating;
}

/** What a chat carries while it waits for an agent and while one is there. */
interface InChat {
  readonly chat: LiveChat;
  readonly cursor: Cursor;
  readonly since: Instant;
  /** When either side last said something. */
  readonly lastWordAt: Instant;
  /** When the employee herself last said something. */
  readonly spokeAt?: Instant;
  /** The last of her words after which she was told that ServiceNow is about to end the chat. */
  readonly cutOffToldFor?: Instant;
  /** The last word after whose silence the employee was told that the chat will be closed. */
  readonly warnedFor?: Instant;
  /** Our newest rows in the thread, so that a post whose answer was lost is not taken for an older one. */
  readonly posted: readonly RowId[];
  /** How the employee's newest messages in this chat began, to name one that she takes back. */
  readonly recent?: readonly { readonly turn: TurnId; readonly excerpt: string; readonly withdrawn?: true }[];
  /** What the assistant was asked while she waited, and has not answered yet: the agent will read its answers. */
  readonly asked?: readonly TurnId[];
  /** Agents who wrote before the one who does now. */
  readonly earlier?: readonly string[];
  /** What the employee was told of: her words do not get through, or the agent's cannot be read. */
  readonly interrupted?: { readonly words?: true; readonly reads?: true };
}

/** Who has the floor. */
export type Phase =
  | {
      readonly name: 'assisted';
      readonly silences: number;
      /** Turns that the assistant was still asked when a chat, or the waiting for one, was over: they lead nobody back into the queue. */
      readonly old?: readonly TurnId[];
      /** The employee was told that the assistant takes its time. */
      readonly slow?: true;
    }
  | {
      readonly name: 'opening';
      readonly handoff: Handoff;
      readonly held: readonly UserMessage[];
      /** What the assistant failed to answer meanwhile: the agent reads it in the transcript, if a chat comes about. */
      readonly unanswered: readonly UserMessage[];
      readonly since: Instant;
      readonly slow?: true;
    }
  | ({
      readonly name: 'queued';
      /** As the queue told last. */
      readonly position?: number;
      readonly wait?: string;
      /** When the employee was last told how long the wait is by now. */
      readonly remindedAt?: Instant;
      /** The employee uses the assistant while she waits: her words go there. */
      readonly meanwhile?: true;
      /** She was told that the assistant takes its time. */
      readonly slow?: true;
      /** ServiceNow's own assistant has asked her something: her next words are the answer. */
      readonly asks?: true;
    } & InChat)
  /** `taken`: the queue itself said that an agent has the chat. */
  | ({ readonly name: 'connected'; readonly agent?: string; readonly taken: boolean } & InChat)
  | {
      readonly name: 'closing';
      readonly chat: LiveChat;
      readonly reason: CloseReason;
      readonly since: Instant;
      readonly cursor: Cursor;
      readonly undelivered: readonly UserMessage[];
      readonly posted: readonly RowId[];
      readonly recent?: InChat['recent'];
      readonly met?: MetAgent;
      readonly old?: readonly TurnId[];
    };

export type ChatPhase = Extract<Phase, { name: 'queued' | 'connected' }>;

/** Nobody was there: the employee may leave a message, is about to write it, or has left it. */
export type Later =
  | {
      readonly state: 'offered' | 'asked';
      readonly request: HandoffRequest;
      readonly opens?: Opening;
      /** When she was asked for it. */
      readonly askedAt?: Instant;
    }
  | ({
      readonly state: 'kept';
      readonly request: HandoffRequest;
      readonly message: UserMessage;
      readonly tryAt: Instant;
    } & LeftMessage);

/** One Teams conversation, whole. */
export interface Conversation {
  readonly key: ConversationKey;
  readonly phase: Phase;
  /** The chat before, for words that are still on their way from or to it. */
  readonly last?: EndedChat;
  /** Chats before that one that could not be left yet, newest first. */
  readonly unleft?: readonly EndedChat[];
  readonly reference: ConversationReference;
  readonly user: Employee;
  /** What was said with the assistant since the last chat, oldest first, bounded. */
  readonly said: readonly Line[];
  /** The newest message that tells how a chat stands; Teams' id of it. */
  readonly statusCard?: { readonly chat: ChatId; readonly activity: string };
  /** Files of agents' that were shown and can be accepted, oldest first. */
  readonly offers?: readonly FileOffer[];
  /** A backup was put back: what is under way may have gone on since it was taken. */
  readonly putBack?: true;
  /** What the assistant was asked meanwhile and failed to answer, lately: an agent reads it, if the note comes through. */
  readonly unanswered?: readonly UserMessage[];
  /** What comes of it that nobody was there. */
  readonly later?: Later;
  /** False once the bot was uninstalled or the conversation refused us: nothing is sent then. */
  readonly reachable: boolean;
  /** Whether the employee was welcomed since the bot was installed. */
  readonly greeted: boolean;
}
