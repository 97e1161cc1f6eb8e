import type { FailureKind } from '../../src/conversation/failures';

/** What an employee writes. */
export type Utterance =
  | 'words'
  | 'yes'
  | 'quiet'
  | 'asks for an agent'
  | 'quotes the closing phrase'
  | '/live_agent'
  | '/end_chat'
  | ' /END_CHAT '
  | '/restart'
  | '/ask_assistant'
  | '/back_to_agent'
  | '/still_need_help'
  | '/leave_message'
  | '/rate 4'
  | '/transcript';

/** What an agent writes. `late`: a row with an older time appears only now. */
export type AgentWords = 'words' | 'two at once' | 'work note' | 'late' | 'quotes the closing phrase';

export type Side = 'desk' | 'teams' | 'assistant';

/** How a call to a far side goes wrong. `lost_late`: the answer is lost, and only then it takes effect. */
export type Fault =
  | { readonly how: 'lost_before' | 'lost_after' | 'garbled' }
  | { readonly how: 'lost_late'; readonly ms: number }
  | { readonly how: 'slow'; readonly beforeMs: number; readonly afterMs: number }
  | { readonly how: 'refused'; readonly kind: FailureKind; readonly retryAfterMs?: number };

export type DeskCall = 'open' | 'post' | 'leave' | 'read' | 'glance' | 'state' | 'find' | 'unavailable' | 'rate';

/** For how long something is in trouble: so many calls, or so many milliseconds. */
export type Extent = { readonly calls: number } | { readonly ms: number };

/** Before the n-th outside thing from now leaves the process, while it is on its way, or after it took effect; `0`: at once. */
export interface Moment {
  readonly process: number;
  readonly in: number;
  readonly when: 'before' | 'during' | 'after';
}

/** One thing that happens in a history. `user` and `process` count from 0; `to` is the process that the channel tries first. */
export type Step =
  | { readonly do: 'say'; readonly user: number; readonly what: Utterance; readonly to: number; readonly twice?: true }
  | { readonly do: 'redeliver'; readonly user: number; readonly back: number; readonly to: number }
  | { readonly do: 'install' | 'uninstall'; readonly user: number; readonly to: number }
  | { readonly do: 'accept' | 'close' | 'transfer'; readonly user: number }
  /** Somebody who runs the connector ends the chat, at this process; nobody repeats a click that was lost. */
  | { readonly do: 'operator'; readonly user: number; readonly to: number }
  /** Nobody answers in the queue, or somebody does again. */
  | { readonly do: 'queue'; readonly closed: boolean }
  | { readonly do: 'write'; readonly user: number; readonly what: AgentWords; readonly lateMs: number }
  | {
      readonly do: 'trouble';
      readonly side: Side;
      readonly only?: DeskCall;
      readonly fault: Fault;
      readonly extent: Extent;
    }
  /** `lost`: the commit is kept, and its answer is not heard. */
  | { readonly do: 'store'; readonly how: 'fails' | 'lost'; readonly calls: number }
  | ({ readonly do: 'die'; readonly backMs: number } & Moment)
  | ({ readonly do: 'freeze'; readonly forMs: number } & Moment)
  | { readonly do: 'pass'; readonly ms: number }
  | { readonly do: 'clock'; readonly putBackMs: number };

/** A whole history: how the world is set up, and what happens in it. */
export interface History {
  /** For the jitter of pauses. */
  readonly seed: number;
  readonly users: number;
  readonly processes: number;
  /** Whether the assistant's records can be asked, chats can be listed, the queue tells of a chat's state. */
  readonly records: boolean;
  readonly lists: boolean;
  readonly states: boolean;
  /** Whether words are lost that come before an agent does. */
  readonly drops?: boolean;
  readonly steps: readonly Step[];
}
