import type { Fields } from '#live-chat-app/server/logic/glide';
import type { BotDue, Callback } from '../bot-api/records';
import type { Attachment } from '../bot-api/request';
import { ambientSkew } from '../faults/ambient';
import { timeOf } from './clock';
import { hexId } from './ids';
import { Refusal } from './refusal';
import type { Chat, Due, Row, State, User } from './state';

/** What an instance sends to others. */
export interface OutgoingMessage {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The state and who is to hear of its changes. Everything that happens in the simulator is a function over this. */
export interface World {
  state: State;
  /** Called after each change; null when no single chat changed. */
  changed(chat: string | null): void;
  /** Called after a change that nobody looks at, such as a count. */
  keep(): void;
  /** Called after a row was written. */
  rowWritten(chat: Chat, row: Row): void;
  /** Called after a record of Agent Chat, or of the application, was written. */
  recordWritten(table: string, record: Fields, before: Fields | undefined): void;
  /** Called when a row that was late is there for everybody. */
  rowAppeared(chat: Chat, row: Row): void;
  /** Called when the application looks for what its rules missed. */
  appCatchesUp(chat: Chat): void;
  /** Something of the Bot Integration API falls due. */
  botDue(what: BotDue): void;
  /** Calls the client of the Bot Integration API back. */
  callBack(callback: Callback): void;
  /** Fetches a file that an employee sent as an address; it comes to the conversation later, or not at all. */
  fetchFile(conversation: string, attachment: Attachment): void;
  /** Sends a request of the instance's own; nobody waits for the answer. */
  post(about: { readonly chat: string; readonly row: string }, message: OutgoingMessage): void;
}

/** The simulator's time. */
export function now(world: World): number {
  return timeOf(world.state.clock);
}

/** The platform's own time, which may be wrong on purpose. */
export function platformNow(world: World): number {
  return now(world) + world.state.config.skewMs + ambientSkew(world.state, now(world));
}

/** A new id, the same one for the same seed and history. */
export function newId(world: World): string {
  world.state.ids += 1;
  return hexId(`${world.state.seed}:${world.state.ids}`);
}

/** Lets something happen after so many milliseconds of the simulator's clock. */
export function plan(world: World, chat: Pick<Chat, 'id'>, afterMs: number, what: Due['what']): void {
  world.state.dueOrder += 1;
  world.state.due.push({ at: now(world) + afterMs, order: world.state.dueOrder, chat: chat.id, what });
}

/** The chat with this id. */
export function chatOf(world: World, id: string): Chat {
  const chat = world.state.chats[id];
  if (!chat) throw new Refusal('not_found', 'There is no such chat');
  return chat;
}

/** The user with this sys_id, which must exist. */
export function userOf(world: World, sysId: string): User {
  const user = world.state.users[sysId];
  if (!user) throw new Refusal('not_found', 'There is no such user');
  return user;
}

/** The user with this user name or sys_id. */
export function findUser(state: State, name: string): User | undefined {
  return state.users[name] ?? Object.values(state.users).find((user) => user.userName === name);
}

/** The agent with this user name or sys_id. */
export function agentOf(world: World, name: string): User {
  const user = findUser(world.state, name);
  if (!user?.agent) throw new Refusal('not_found', `There is no agent ${name}`);
  return user;
}
