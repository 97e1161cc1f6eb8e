import { nextDue, runDue } from './model/due';
import type { Chat, Row, State } from './model/state';
import { now, type World } from './model/world';
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
}

export function makeKeeper(options: KeeperOptions): Keeper {
  let dirty = options.stateFile !== undefined;
  let timer: NodeJS.Timeout | undefined;
  const world: World = {
    state: options.state,
    changed: (chat) => {
      dirty = true;
      options.onChange(chat);
    },
    keep: () => {
      dirty = true;
    },
    rowWritten: (chat, row) => options.onRow(world, chat, row),
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
