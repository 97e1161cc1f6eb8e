import type { AssistantAnswer, AssistantItem, Content } from '../conversation/content';
import type { AssistantNews, FileToAttach, Words } from '../conversation/effects';
import type { Rating } from '../conversation/end-of-chat';
import type { ChatState, ThreadRow } from '../conversation/events';
import type { FileRefusal } from '../conversation/file-refusal';
import type { FileTarget } from '../conversation/file-target';
import type { Opening } from '../conversation/opening-time';
import type { TranscriptLine } from '../conversation/step';
import type {
  AgentFile,
  ConversationKey,
  ConversationReference,
  Cursor,
  Employee,
  FileRef,
  Handoff,
  Instant,
  LiveChat,
  RowId,
  StoredFile,
  UserMessage,
} from '../conversation/types';

/** What happened to a call goes into the log and, for the same id, from the activity to ServiceNow's row. */
export interface CallContext {
  readonly correlation: string;
  /** Set for a read that follows a glance: what the glance has brought of the chat is new enough. */
  readonly glanced?: true;
}

/** One employee's words for the assistant. */
export interface AssistantTurn {
  readonly key: ConversationKey;
  readonly message: UserMessage;
  readonly user: Employee;
  readonly reference: ConversationReference;
}

/** The assistant behind the bot (Rasa). All calls throw {@link ApiFailure}. */
export interface Assistant {
  ask(turn: AssistantTurn, context: CallContext): Promise<AssistantAnswer>;
  /**
   * After a call whose outcome nobody knows: what the assistant's own records prove. `answered` carries what it said then;
   * `unknown` where there are no records to ask.
   */
  lookUp(turn: AssistantTurn, sentAt: Instant, context: CallContext): Promise<LookedUpTurn>;
  /** What its records hold of the conversation, for the agent; `undefined` where there are none to ask. */
  recall(key: ConversationKey, context: CallContext): Promise<AssistantMemory | undefined>;
  /**
   * Mirrors the start and the end of the human part; does nothing where the assistant has no place for it. What it says to
   * that comes back.
   */
  tell(key: ConversationKey, news: AssistantNews, context: CallContext): Promise<readonly AssistantItem[]>;
}

/** What the assistant knows and did, in the order in which a person would read it. */
export interface AssistantMemory {
  /** Its custom actions and forms, the oldest first, each once. */
  readonly actions: readonly string[];
  readonly slots: readonly { readonly name: string; readonly value: string }[];
}

export type LookedUpTurn =
  | { readonly outcome: 'answered'; readonly answer: AssistantAnswer }
  | { readonly outcome: 'not_processed' }
  | { readonly outcome: 'unknown' };

/** What a chat is opened with. */
export interface OpenRequest {
  readonly handoff: Handoff;
  readonly user: Employee;
  /** A short word that no other hand-off has; it stands in the first message, and a lost answer is found again by it. */
  readonly token: string;
  /** What the assistant's records tell. */
  readonly memory?: AssistantMemory;
}

export interface OpenedChat {
  readonly chat: LiveChat;
  readonly state: ChatState;
}

/** Nobody takes chats just now. */
export interface Unavailable {
  /** The far side's own words for the employee. */
  readonly words?: string;
  readonly opens?: Opening;
}

export interface PostRequest {
  readonly chat: LiveChat;
  /** The same at every attempt at these words, and at no others of this chat. Where the far side can go by it, it posts them once. */
  readonly id?: string;
  readonly words: Words;
}

/** What one look at a chat brought. Rows come in thread order, oldest first. */
export interface ThreadReading {
  readonly rows: readonly ThreadRow[];
  readonly state: ChatState;
  /** All that a glance with this mark tells of is in it. */
  readonly mark?: string;
}

/** One chat that the reader watches. */
export interface WatchedChat {
  readonly key: ConversationKey;
  readonly chat: LiveChat;
  readonly cursor: Cursor;
}

/** What a look over all chats found about one of them. */
export interface ChatGlance {
  /** Changes whenever the thread has a new row; absent where the list does not tell. */
  readonly mark?: string;
  readonly state: ChatState;
}

/** A ServiceNow profile seen from the core. All calls throw {@link ApiFailure}. */
export interface Desk {
  /** Set where what the far side says is kept here: no read calls anybody. */
  readonly readsHere?: true;
  /** Whether nobody takes a chat of this kind just now, as far as the instance tells; `undefined` else. Known before a chat is opened. */
  unavailable(request: OpenRequest, context: CallContext): Promise<Unavailable | undefined>;
  open(request: OpenRequest, context: CallContext): Promise<OpenedChat>;
  /** The chat that an earlier `open` with the same token made, if it did. */
  findOpened(request: OpenRequest, context: CallContext): Promise<OpenedChat | undefined>;
  post(request: PostRequest, context: CallContext): Promise<RowId | undefined>;
  /** Our own row with just these words that is bound to no other post, if there is one. `bound` holds the rows that are. */
  findPosted(request: PostRequest, bound: readonly RowId[], context: CallContext): Promise<RowId | undefined>;
  /** Leaves the chat. `gone` when ServiceNow says that there is nothing to leave. */
  leave(chat: LiveChat, context: CallContext): Promise<'left' | 'gone'>;
  /** Keeps how content the employee was with a chat that is over; `none` where this instance has no place for it. The same again is harmless. */
  rate(chat: LiveChat, rating: Rating, context: CallContext): Promise<'kept' | 'none'>;
  /** What the queue says of the chat; `undefined` where the call does not work on this instance. */
  state(chat: LiveChat, context: CallContext): Promise<ChatState | undefined>;
  /** The thread's rows, pages followed back as far as the cursor asks for, with all else that those pages bring; and the state. */
  read(chat: LiveChat, cursor: Cursor, context: CallContext): Promise<ThreadReading>;
  /** Tells the agent's side that the employee types, or types no more. Only where the profile can; nobody waits for it. */
  typing?(chat: LiveChat, on: boolean, context: CallContext): Promise<void>;
  /** Tells the agent's side whether the employee was shown a row. Only where the profile can; nobody waits for it, and none is repeated. */
  receipt?(chat: LiveChat, row: RowId, outcome: 'shown' | 'not_shown', context: CallContext): Promise<void>;
  /**
   * One look over all the given chats; a chat that the answer does not hold is missing from the map, and is read by itself.
   * `undefined` where this instance cannot list.
   */
  glance(chats: readonly LiveChat[], context: CallContext): Promise<ReadonlyMap<string, ChatGlance> | undefined>;
}

/** Where the employee is (Teams). All calls throw {@link ApiFailure}. */
export interface Messenger {
  /** Sends one message, once: no hidden retry. `repeat` marks it visibly as a possible repeat. Resolves with Teams' id of it, if it told. */
  show(
    to: Recipient,
    content: Content,
    options: { readonly repeat: boolean },
    context: CallContext,
  ): Promise<string | undefined>;
  /** Changes a message in place, by the id that `show` gave: the same again is harmless. */
  update(to: Recipient, activity: string, content: Content, context: CallContext): Promise<void>;
  /** A typing sign; failures are nobody's business. */
  typing(to: Recipient): Promise<void>;
  /** Name and e-mail, where Teams tells; `undefined` when it does not. */
  profile(
    reference: ConversationReference,
    context: CallContext,
  ): Promise<{ name?: string; email?: string } | undefined>;
}

export interface Recipient {
  readonly reference: ConversationReference;
  readonly user: Employee;
}

/** Time, for tests to move. */
export interface Clock {
  /** Never goes back, whatever happens to the machine's clock. */
  now(): Instant;
  /** What the machine holds the time to be; it can jump. For what others have stamped, such as tokens. */
  wall(): number;
  /** Calls back once after so many milliseconds; the returned function takes it back. */
  after(milliseconds: number, callback: () => void): () => void;
}

/** One line per happening. Fields hold ids, kinds and numbers, never words, names or tokens. */
export interface Log {
  info(event: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(event: string, fields?: Readonly<Record<string, unknown>>): void;
  error(event: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** A file of the employee's, fetched, and what its bytes say. */
export interface FetchedFile {
  readonly bytes: Uint8Array;
  readonly stored: StoredFile;
}

/** Where the employee's files are (Teams): they are fetched from there, and others are put there. */
export interface FileShare {
  /** Throws {@link ApiFailure} when it may work later; a refusal is final. */
  fetch(file: FileRef, context: CallContext): Promise<FetchedFile | FileRefusal>;
  /** What these bytes say, which an earlier fetch brought: the same again. */
  look(file: FileRef, bytes: Uint8Array): StoredFile | FileRefusal;
  /** Puts a file where the employee allowed it. `gone`: there is no such place, or not any more. The same again is harmless. */
  put(target: FileTarget, bytes: Uint8Array, context: CallContext): Promise<'put' | 'gone'>;
}

/** Writes what was said in a chat down as a file of text, for its employee. */
export type WriteTranscript = (
  said: readonly TranscriptLine[],
  about: { readonly user: Employee; readonly chat: string },
) => Uint8Array;

export interface AttachRequest {
  readonly chat: LiveChat;
  readonly file: FileToAttach;
  /** It was tried before: a part of it may be done. */
  readonly isRepeat: boolean;
}

/** The part of a ServiceNow profile that takes files and gives them. All calls throw {@link ApiFailure}. */
export interface FileDesk {
  /** Puts a file into the chat's thread. A part of it that an earlier attempt has done is not done again. */
  attach(request: AttachRequest, bytes: Uint8Array, context: CallContext): Promise<RowId | undefined>;
  /** Our own row with just this file that is bound to nothing else, if there is one. `bound` holds the rows that are. */
  findAttached(request: AttachRequest, bound: readonly RowId[], context: CallContext): Promise<RowId | undefined>;
  /** The bytes of a file in a thread; `too_large` when they are more than so many. */
  download(file: AgentFile, mostBytes: number, context: CallContext): Promise<Uint8Array>;
}

/** One call to a far side: which, how long it took in milliseconds, and `ok` or the kind of its failure. */
export type Observe = (call: string, ms: number, outcome: string) => void;
