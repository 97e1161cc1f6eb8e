import type { AgentNotice } from '../../../src/conversation/content';
import type { Rating } from '../../../src/conversation/end-of-chat';
import type { ChatState, ThreadRow } from '../../../src/conversation/events';
import { ApiFailure, type FailureKind } from '../../../src/conversation/failures';
import type { AgentFile, ChatId, Cursor, Line, LiveChat, RowId, ServerTime } from '../../../src/conversation/types';
import type {
  ChatGlance,
  Clock,
  Desk,
  OpenedChat,
  OpenRequest,
  PostRequest,
  ThreadReading,
  Unavailable,
} from '../../../src/engine/ports';

export interface FakeChat {
  readonly live: LiveChat;
  readonly request: OpenRequest;
  readonly rows: ThreadRow[];
  /** What the agent was told of the talk with the assistant meanwhile. */
  readonly retold: Line[];
  state: ChatState['state'];
  leaves: number;
  /** An agent has been there. */
  taken?: true;
  /** ServiceNow's own assistant waits for an answer. */
  asks?: boolean;
}

/** What an agent says beside the words. */
export interface Saying {
  readonly chat?: FakeChat;
  readonly at?: ServerTime;
  readonly workNote?: boolean;
  readonly files?: readonly AgentFile[];
}

/** How a call goes wrong: refused without effect, or with its answer lost before or after it took effect. */
export type Trouble =
  | { readonly how: 'refused'; readonly kind: FailureKind; readonly words?: string; readonly retryAfterMs?: number }
  | { readonly how: 'lost_before' | 'lost_after' };

type Call = 'open' | 'post' | 'leave' | 'read' | 'glance' | 'state' | 'find' | 'rate';

/** ServiceNow's side, as far as the core sees it: chats with threads, and a clock of its own that runs seven minutes ahead. */
export class FakeServiceNow implements Desk {
  readonly chats: FakeChat[] = [];
  readonly calls: Call[] = [];
  /** What the connector itself said in threads. */
  readonly notices: AgentNotice[] = [];
  /** Decides about each call; nothing means that all goes well. */
  trouble: (call: Call) => Trouble | undefined = () => undefined;
  canList = true;
  /** Words that come before an agent does are dropped without a word, but for the answer to a question. */
  dropsEarlyWords = false;
  knowsState = true;
  /** What the queue tells of everybody's place in it. */
  position: number | undefined;
  private ids = 0;

  constructor(private readonly clock: Clock) {}

  // ---- what tests and agents do

  get chat(): FakeChat {
    const chat = this.chats.at(-1);
    if (!chat) throw new Error('no chat was opened');
    return chat;
  }

  accept(chat = this.chat): void {
    chat.state = 'in_progress';
    chat.taken = true;
  }

  say(name: string, text: string, options: Saying = {}): ThreadRow {
    const workNote = options.workNote ?? false;
    const { files } = options;
    const chat = options.chat ?? this.chat;
    chat.taken = true;
    return this.add(chat, { author: 'agent', name, text, workNote, ...(files ? { files } : {}) }, options.at);
  }

  /** ServiceNow's own assistant asks, or says, something. */
  bot(text: string, asks = false, chat = this.chat): ThreadRow {
    chat.asks = asks;
    return this.add(chat, { author: 'bot', name: 'ServiceNow', text, workNote: false, ...(asks ? { asks } : {}) });
  }

  system(text: string, chat = this.chat): ThreadRow {
    return this.add(chat, { author: 'system', text, workNote: false });
  }

  close(name: string, chat = this.chat): void {
    this.system(`${name} has closed the support session`, chat);
    chat.state = 'ended';
  }

  /** The employee's words in the thread, in the order in which the agent sees them. */
  posted(chat = this.chat): string[] {
    return chat.rows
      .filter((row) => row.author === 'self')
      .slice(1)
      .map((row) => row.text);
  }

  now(): ServerTime {
    return (Math.floor((this.clock.now() + 420_000) / 1000) * 1000) as ServerTime;
  }

  // ---- Desk

  /** Set when the queue is closed. */
  closed: Unavailable | undefined;

  async unavailable(): Promise<Unavailable | undefined> {
    return this.closed;
  }

  open(request: OpenRequest): Promise<OpenedChat> {
    return this.call('open', () => this.create(request));
  }

  findOpened(request: OpenRequest): Promise<OpenedChat | undefined> {
    return this.call('find', () => {
      const chat = this.chats.find((other) => other.request.token === request.token);
      return chat && { chat: chat.live, state: { state: chat.state } };
    });
  }

  post({ chat, words }: PostRequest): Promise<RowId> {
    const text = textOf(words);
    return this.call('post', () => {
      const found = this.find(chat);
      if (found.state === 'ended') throw failure('refused', true);
      if (this.dropsEarlyWords && !found.taken && !found.asks) return this.id('d') as RowId;
      found.asks = false;
      if (words.from === 'connector') this.notices.push(words.notice);
      if (words.from === 'connector' && words.notice.key === 'said_meanwhile') found.retold.push(...words.notice.lines);
      return this.add(found, { author: 'self', text, workNote: false }).id;
    });
  }

  findPosted({ chat, words }: PostRequest, bound: readonly RowId[]): Promise<RowId | undefined> {
    const text = textOf(words);
    return this.call('find', () => {
      const mine = this.find(chat)
        .rows.filter((row) => row.author === 'self')
        .slice(1);
      return mine.find((row) => row.text === text && !bound.includes(row.id))?.id;
    });
  }

  /** How content the employees were, as told, in order. */
  readonly ratings: [string, Rating][] = [];

  rate(chat: LiveChat, rating: Rating): Promise<'kept'> {
    return this.call('rate', () => {
      this.ratings.push([chat.id, rating]);
      return 'kept' as const;
    });
  }

  leave(chat: LiveChat): Promise<'left' | 'gone'> {
    return this.call('leave', () => {
      const found = this.find(chat);
      found.leaves += 1;
      if (found.state !== 'ended') this.system('svc has left the support session', found);
      found.state = 'ended';
      return 'left';
    });
  }

  state(chat: LiveChat): Promise<ChatState | undefined> {
    return this.call('state', () => (this.knowsState ? { state: this.find(chat).state } : undefined));
  }

  read(chat: LiveChat, cursor: Cursor): Promise<ThreadReading> {
    return this.call('read', () => {
      const { rows, state } = this.find(chat);
      const visible = rows.filter((row) => row.at >= cursor.time - 10_000);
      return { rows: visible, state: this.stateOf(state) };
    });
  }

  glance(chats: readonly LiveChat[]): Promise<ReadonlyMap<string, ChatGlance> | undefined> {
    return this.call('glance', () => {
      if (!this.canList) return undefined;
      return new Map(
        chats.map((chat) => {
          const { rows, state } = this.find(chat);
          return [chat.id, { mark: rows.at(-1)?.id, state: this.knowsState ? this.stateOf(state) : { state } }];
        }),
      );
    });
  }

  private async call<T>(name: Call, effect: () => T): Promise<T> {
    this.calls.push(name);
    const trouble = this.trouble(name);
    if (trouble?.how === 'refused') throw failure(trouble.kind, true, trouble);
    if (trouble?.how === 'lost_before') throw failure('unreachable', false);
    const result = effect();
    if (trouble?.how === 'lost_after') throw failure('unreachable', false);
    return result;
  }

  private create(request: OpenRequest): OpenedChat {
    this.ids += 1;
    const { handoff } = request;
    const live: LiveChat = {
      id: this.id('c') as ChatId,
      handoff: handoff.id,
      queue: 'it',
      number: `CHAT${this.ids}`,
      summary: handoff.request.summary ?? 'help',
      openedAt: this.clock.now(),
      ...(this.dropsEarlyWords ? { wordsWait: true as const } : {}),
    };
    const chat: FakeChat = { live, request, rows: [], retold: [], state: 'waiting', leaves: 0 };
    this.chats.push(chat);
    this.add(chat, { author: 'self', text: `${request.token} ${request.user.name}`, workNote: false });
    return { chat: live, state: { state: 'waiting', position: 1 } };
  }

  private add(chat: FakeChat, row: Omit<ThreadRow, 'id' | 'at'>, at = this.now()): ThreadRow {
    this.ids += 1;
    const added: ThreadRow = { ...row, id: this.id('a') as RowId, at };
    chat.rows.push(added);
    return added;
  }

  private stateOf(state: FakeChat['state']): ChatState {
    if (!this.knowsState) return { state: 'unknown' };
    return state === 'waiting' && this.position !== undefined ? { state, position: this.position } : { state };
  }

  private find(chat: LiveChat): FakeChat {
    const found = this.chats.find((other) => other.live.id === chat.id);
    if (!found) throw failure('not_found', true);
    return found;
  }

  private id(kind: string): string {
    return kind + this.ids.toString(16).padStart(31, '0');
  }
}

function failure(
  kind: FailureKind,
  certain: boolean,
  { words, retryAfterMs }: { readonly words?: string; readonly retryAfterMs?: number } = {},
): ApiFailure {
  return new ApiFailure({ upstream: 'servicenow', kind, certain, message: `fake ${kind}`, words, retryAfterMs });
}

/** The words of a row, as the tests write them: a correction is marked, a notice named. */
function textOf(words: PostRequest['words']): string {
  if (words.from === 'connector') return `<${words.notice.key}>`;
  return words.corrects ? `(corrects) ${words.part}` : words.part;
}
