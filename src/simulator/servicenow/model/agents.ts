import { endChat, requeue } from './chats';
import { Refusal } from './refusal';
import { addRow, addSystemRow, touch } from './rows';
import { type Chat, entryState, isEnded, type Row, type User } from './state';
import { addUpload, rowFile } from './uploads';
import { closingText, withName } from './wordings';
import { now, plan, userOf, type World } from './world';

/** An agent takes a waiting chat; the queue's first response follows as if the agent had written it. */
export function acceptChat(world: World, chat: Chat, agent: User): void {
  if (chat.state !== entryState.waiting) throw new Refusal('conflict', 'This chat is not waiting');
  const { joinWording, joinDelayMs } = world.state.config;
  chat.state = entryState.inProgress;
  chat.agentId = agent.sysId;
  chat.acceptedAt = now(world);
  touch(world, chat);
  addSystemRow(world, chat, joinWording && withName(joinWording, agent.name));
  if (joinDelayMs > 0) plan(world, chat, joinDelayMs, { kind: 'initialResponse', agent: agent.sysId });
  else greet(world, chat, agent);
}

/** Posts the queue's first response, if it has one. */
export function greet(world: World, chat: Chat, agent: User): void {
  const text = world.state.queues[chat.queueId]?.initialAgentResponse;
  if (text && !isEnded(chat)) addRow(world, chat, { author: 'agent', user: agent, text });
}

/** A file as an agent sends it. */
export interface FileFacts {
  readonly name: string;
  readonly contentType: string;
  readonly sizeBytes: number;
  /** Its bytes in base64; without them it is blanks. */
  readonly content?: string;
}

/** Words of an agent. */
export interface Saying {
  readonly text: string;
  readonly workNote?: boolean;
  /** So many rows; each has the text and its number. */
  readonly count?: number;
  /** All of them share the platform's current second. */
  readonly sameSecond?: boolean;
  readonly files?: readonly FileFacts[];
}

/** An agent writes in the thread, also in a chat that waits or has ended. */
export function sayAsAgent(world: World, chat: Chat, agent: User, saying: Saying): Row[] {
  const count = saying.count ?? 1;
  const rows: Row[] = [];
  for (let index = 0; index < count; index += 1) {
    const text = count === 1 ? saying.text : `${saying.text} ${index + 1}`;
    const files = (saying.files ?? []).map((file) => rowFile(addUpload(world, uploadOf(chat, agent, file))));
    const at = saying.sameSecond ? rows[0]?.at : undefined;
    rows.push(addRow(world, chat, { author: 'agent', user: agent, text, workNote: saying.workNote, files, at }));
  }
  return rows;
}

function uploadOf(chat: Chat, by: User, { name, contentType, sizeBytes, content }: FileFacts) {
  const bytes = content === undefined ? Buffer.alloc(sizeBytes, ' ') : Buffer.from(content, 'base64');
  return { record: chat.id, name, contentType, bytes, by };
}

/** How an agent ends a chat. */
export interface ClosingAct {
  /** A closing's id, or a text of one's own with `{name}`. */
  readonly wording?: string;
  /** False: the state changes and the thread says nothing. */
  readonly textInThread?: boolean;
}

/** The agent's side ends the chat for good. */
export function closeByAgent(world: World, chat: Chat, agent: User, act: ClosingAct): void {
  const { config } = world.state;
  const text = closingText(act.wording ?? config.closingWording);
  const told = (act.textInThread ?? config.closeTextInThread) && text !== null;
  if (isEnded(chat)) throw new Refusal('conflict', 'This chat has ended');
  if (told) addSystemRow(world, chat, withName(text, agent.name));
  endChat(world, chat, entryState.closedComplete);
}

/** The agent is gone: the chat waits again. */
export function dropAgent(world: World, chat: Chat): void {
  if (chat.state !== entryState.inProgress) throw new Refusal('conflict', 'This chat has no agent');
  requeue(world, chat, chat.queueId);
}

/** The agent of the chat, who must exist. */
export function agentIn(world: World, chat: Chat): User {
  if (chat.agentId === null) throw new Refusal('conflict', 'This chat has no agent');
  return userOf(world, chat.agentId);
}
