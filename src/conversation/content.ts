import type { FileRefusal } from './file-refusal';
import type { HandoffRequest } from './handoff-request';
import type { Opening } from './opening-time';
import type { AgentFile, ChatId, Instant, Line, RowId, ServerTime, TurnId } from './types';

/** One message of the assistant, as its REST channel gave it. */
export interface AssistantItem {
  readonly text?: string;
  readonly image?: string;
  readonly buttons?: readonly Readonly<Record<string, unknown>>[];
  readonly attachment?: unknown;
  readonly custom?: Readonly<Record<string, unknown>>;
}

/** What the assistant answered to one turn, the trigger item already taken out. */
export interface AssistantAnswer {
  readonly items: readonly AssistantItem[];
  readonly handoff?: HandoffRequest;
}

/** Words of the connector itself; the key names a text of the catalogue. */
export type Notice =
  | { readonly key: 'welcome' | 'assistant_unavailable' | 'assistant_offer_agent' | 'please_send_again' }
  | { readonly key: 'one_moment' | 'opening_slow' | 'support_interrupted' | 'support_goes_on' }
  | { readonly key: 'connecting' | 'held_for_agent' | 'already_opening' | 'old_button' | 'assistant_listens' }
  /** `chat`: to which the buttons belong. */
  | { readonly key: 'already_queued' | 'already_connected'; readonly chat?: ChatId }
  | { readonly key: 'assistant_meanwhile' | 'words_go_to_agent'; readonly chat: ChatId }
  | { readonly key: 'queued'; readonly position?: number; readonly wait?: string; readonly chat?: ChatId }
  | {
      readonly key: 'no_agent_available';
      readonly reason?: string;
      readonly opens?: Opening;
      /** A message can be left. */
      readonly takesMessage?: true;
    }
  | { readonly key: 'message_wanted' | 'message_passed_on' | 'message_dropped' }
  | { readonly key: 'message_kept'; readonly opens?: Opening }
  | { readonly key: 'open_failed' }
  | { readonly key: 'agent_joined'; readonly agent?: string; readonly chat?: ChatId }
  /** Somebody else goes on for the agent who was there. */
  | { readonly key: 'agent_changed'; readonly agent: string }
  | { readonly key: 'idle_warning' | 'cut_off_warning'; readonly minutes: number }
  | { readonly key: 'no_chat_to_end' }
  | {
      readonly key:
        | 'ended_by_user'
        | 'ended_by_agent'
        | 'ended_by_operator'
        | 'ended_nobody_came'
        | 'ended_nobody_wrote';
      readonly end?: ChatEnd;
    }
  | { readonly key: 'ended_not_located' }
  | {
      readonly key: 'ended_by_error';
      readonly summary: string;
      readonly chat: string;
      readonly lastUpdated: string;
      readonly end?: ChatEnd;
    }
  /** After a chat. */
  | { readonly key: 'rating_taken' | 'no_chat_known' | 'transcript_failed' }
  /** `unsure`: words of which nobody knows whether they reached the agent. */
  | { readonly key: 'not_delivered'; readonly texts: readonly string[]; readonly unsure?: readonly string[] }
  | { readonly key: 'file_refused'; readonly name: string; readonly reason: FileRefusal }
  /** The agent has a link to it instead. */
  | { readonly key: 'file_by_link'; readonly name: string }
  /** Of agents' files. */
  | { readonly key: 'agent_file_too_large' | 'agent_file_failed' | 'file_declined'; readonly name: string }
  | { readonly key: 'file_offer_gone' }
  | { readonly key: 'personal_chat_only' };

/** One Teams message. */
export type Content =
  | { readonly kind: 'assistant'; readonly item: AssistantItem }
  /**
   * An agent's words. `writtenAt`: when, where that was long before they could be read. `parts`: the words of several rows that are shown in
   * one message; `text` is all of them.
   */
  | {
      readonly kind: 'agent';
      readonly name?: string;
      readonly text: string;
      readonly row: RowId;
      readonly writtenAt?: ServerTime;
      readonly parts?: readonly string[];
    }
  /** A file of an agent's. `picture`: its bytes as a data URL, put in at the last moment, where it is a small picture. */
  | {
      readonly kind: 'file';
      readonly name?: string;
      readonly row: RowId;
      readonly file: AgentFile;
      readonly picture?: string;
      readonly writtenAt?: ServerTime;
    }
  /** What was said in a chat, as a file that the employee can accept. */
  | { readonly kind: 'transcript'; readonly file: AgentFile }
  /** A file that lies among the employee's own by now. */
  | { readonly kind: 'handed_file'; readonly file: HandedFile }
  /** `replyTo`: the employee's message that it is about. */
  | { readonly kind: 'notice'; readonly notice: Notice; readonly replyTo?: TurnId }
  | { readonly kind: 'status'; readonly status: ChatStatus };

/** A chat that is over, in short. */
export interface ChatEnd {
  readonly chat: ChatId;
  /** The number that people quote. */
  readonly number?: string;
  readonly agent?: string;
  readonly minutes: number;
  /** Whether an agent was there, whose help can be rated. */
  readonly rateable: boolean;
}

/** A file among the employee's own, as Teams names it. */
export interface HandedFile {
  readonly name: string;
  readonly contentUrl: string;
  readonly uniqueId?: string;
  readonly fileType?: string;
}

/** The words of several rows as one text: lines stay lines, and words of several lines stand apart. */
export function inOne(parts: readonly string[]): { readonly text: string; readonly parts: readonly string[] } {
  return { text: parts.join(parts.some((part) => part.includes('\n')) ? '\n\n' : '\n'), parts };
}

/** A file as words. */
export function fileLabel({ name }: { readonly name: string }): string {
  return `[${name}]`;
}

/** How a live chat stands: one message in Teams that is changed in place. */
export interface ChatStatus {
  readonly chat: ChatId;
  /** The number that people quote. */
  readonly number?: string;
  readonly state: 'waiting' | 'connected' | 'ended';
  readonly position?: number;
  readonly wait?: string;
  /** Since when the employee waits. */
  readonly since: Instant;
  readonly waitedMinutes?: number;
  readonly agent?: string;
  /** The employee uses the assistant while she waits. */
  readonly meanwhile?: true;
}

/** Words for the agent that the connector itself says; the key names a text of the catalogue. */
export type AgentNotice =
  | { readonly key: 'employee_unreachable' }
  /** Teams did not take the agent's words, or nobody knows whether it did. */
  | { readonly key: 'words_not_shown' | 'words_in_doubt'; readonly text: string }
  /** The employee took back a message; `text` is how it began. */
  | { readonly key: 'words_withdrawn'; readonly text: string }
  | { readonly key: 'message_withdrawn' }
  /** A file of the employee's that the agent does not get; `text` is its name, and where it can be opened. */
  | { readonly key: 'file_not_passed_on' | 'file_by_link'; readonly text: string }
  /** A file of the agent's that the employee did not want, or that could not be brought to her; `text` is its name. */
  | { readonly key: 'file_declined' | 'file_not_handed_over'; readonly text: string }
  | { readonly key: 'reacted'; readonly text: string }
  /** What the employee, who has this name, said with the assistant while she waited. */
  | { readonly key: 'said_meanwhile'; readonly name: string; readonly lines: readonly Line[] };
