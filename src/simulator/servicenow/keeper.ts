import { sendOutbox } from './bot-api/callbacks';
import { happenToBot } from './bot-api/due';
import { followBotChat, followBotRow, isOfBot } from './bot-api/follow';
import type { Callback } from './bot-api/records';
import type { Attachment } from './bot-api/request';
import { appCatchesUp, followChat, followRow, isOfApp, rowAppeared } from './live-chat-app/follow';
import { runRules } from './live-chat-app/rules';
import { nextDue, runDue } from './model/due';
import type { Chat, Row, State } from './model/state';
import { now, type OutgoingMessage, type World } from './model/world';
import type { PushSubject } from './push';
import { writeStateFile } from './state-file';

const longestTimerMs = 2_147_483_647;

/** Holds the state, tells of its changes, stores it, and lets happen what falls due. */
export interface Keeper {
  readonly world: World;
  /** Runs something that may change the state; when this returns, the change is stored and what fell due has happened. */
  act<T>(what: () => T): T;
  stop(): void;
}

interface KeeperOptions {
  readonly state: State;
  readonly stateFile?: string;
  onChange(chat: string | null): void;
  onRow(world: World, chat: Chat, row: Row): void;
  onCallback(world: World, callback: Callback): void;
  onFetch(world: World, conversation: string, attachment: Attachment): void;
  onMessage(world: World, about: PushSubject, message: OutgoingMessage): void;
}

export function makeKeeper(options: KeeperOptions): Keeper {
  let dirty = options.stateFile !== undefined;
  let timer: NodeJS.Timeout | undefined;
  const world: World = {
    state: options.state,
    changed: (chat) => {
      dirty = true;
      if (chat !== null) followChat(world, chat);
      if (chat !== null) followBotChat(world, chat);
      options.onChange(chat);
    },
    keep: () => {
      dirty = true;
    },
    rowWritten: (chat, row) => {
      if (isOfApp(world, chat.id)) followRow(world, chat, row);
      else if (isOfBot(world, chat.id)) followBotRow(world, chat, row);
      else options.onRow(world, chat, row);
    },
    recordWritten: (table, record, before) => runRules(world, table, record, before),
    rowAppeared: (chat, row) => rowAppeared(world, chat, row),
    appCatchesUp: (chat) => appCatchesUp(world, chat),
    botDue: (what) => happenToBot(world, what),
    callBack: (callback) => options.onCallback(world, callback),
    fetchFile: (conversation, attachment) => options.onFetch(world, conversation, attachment),
    post: (about, message) => options.onMessage(world, about, message),
  };
  const store = () => {
    if (dirty && options.stateFile) writeStateFile(options.stateFile, world.state);
    dirty = false;
  };
  const arm = () => {
    clearTimeout(timer);
    const due = world.state.clock.mode === 'real' ? nextDue(world) : undefined;
    if (!due) return;
    const wait = Math.min(longestTimerMs, Math.max(0, due.at - now(world)));
    timer = setTimeout(() => act(() => {}), wait);
  };
  const act = <T>(what: () => T): T => {
    try {
      runDue(world);
      return what();
    } finally {
      runDue(world);
      sendOutbox(world);
      store();
      arm();
    }
  };
  act(() => {});
  return {
    world,
    act,
    stop: () => {
      clearTimeout(timer);
      dirty = true;
      store();
    },
  };
}
