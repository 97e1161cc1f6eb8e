import { chatIdOf } from '../bot-api/desk-actions';
import { type FaultRule, faultRuleSchema } from '../faults/rule';
import { acceptChat, agentIn, closeByAgent, dropAgent, sayAsAgent } from '../model/agents';
import { abandon, escalateChat } from '../model/chats';
import { type Config, configPatchSchema } from '../model/config';
import { closeForSilence, planIdleAgain } from '../model/idle';
import { queueOf, waitingIn } from '../model/queues';
import { Refusal } from '../model/refusal';
import type { Chat, State, User } from '../model/state';
import { transferToAgent, transferToQueue } from '../model/transfers';
import { agentOf, chatOf, now, type World } from '../model/world';
import type { Close, Say, TransferTarget } from './commands';
import { type ChatSummary, type PaneRow, paneOf, summaries } from './views';

/** What agents do, and what a test or the desk page may change; the same in the process and over the control plane. */
export interface Actions {
  /** Without an agent: the first one who is available. */
  accept(chat: string, agent?: string): void;
  /** Writes as an agent (the chat's own unless another is named); answers the ids of the rows. */
  say(chat: string, saying: Say): string[];
  transfer(chat: string, target: TransferTarget): void;
  /** Answers the id of the chat that follows; without a queue, the one that this queue escalates to. */
  escalate(chat: string, queue?: string): string;
  closeChat(chat: string, closing?: Close): void;
  /** The agent is gone: the chat waits again. */
  agentDrop(chat: string): void;
  /** The platform closes the chat for its silence, now. */
  idle(chat: string): void;
  /** Every chat that waits in this queue is abandoned by the platform. */
  emptyQueue(queue: string): void;
  chats(): ChatSummary[];
  /** What the agent's pane shows, in order of arrival. */
  pane(chat: string): PaneRow[];
  addFault(rule: FaultRule): string;
  removeFault(id: string): void;
  clearFaults(): void;
  configure(patch: Partial<Config>): Config;
  /** A copy of everything that is known. */
  state(): State;
}

export function makeActions(world: World): Actions {
  const chat = (id: string) => chatOf(world, chatIdOf(world, id));
  return {
    accept: (id, agent) => acceptChat(world, chat(id), agent === undefined ? anyAgent(world) : agentOf(world, agent)),
    say: (id, { agent, ...saying }) => {
      const author = actingAgent(world, chat(id), agent);
      return sayAsAgent(world, chat(id), author, saying).map((row) => row.id);
    },
    transfer: (id, target) =>
      'queue' in target
        ? transferToQueue(world, chat(id), target.queue)
        : transferToAgent(world, chat(id), agentOf(world, target.agent)),
    escalate: (id, queue) => escalateChat(world, chat(id), queue ?? nextQueue(world, chat(id))).id,
    closeChat: (id, { agent, ...act } = {}) => closeByAgent(world, chat(id), actingAgent(world, chat(id), agent), act),
    agentDrop: (id) => dropAgent(world, chat(id)),
    idle: (id) => closeForSilence(world, chat(id)),
    emptyQueue: (id) => {
      for (const waiting of waitingIn(world, queueOf(world, id).id)) abandon(world, waiting);
    },
    chats: () => summaries(world),
    pane: (id) => paneOf(world, id),
    ...faultActions(world),
    configure: (patch) => {
      Object.assign(world.state.config, configPatchSchema.parse(patch));
      planIdleAgain(world);
      world.changed(null);
      return structuredClone(world.state.config);
    },
    state: () => structuredClone(world.state),
  };
}

function faultActions(world: World): Pick<Actions, 'addFault' | 'removeFault' | 'clearFaults'> {
  const keepOnly = (kept: (id: string) => boolean) => {
    world.state.faults = world.state.faults.filter((fault) => kept(fault.id));
    world.changed(null);
  };
  return {
    addFault: (given) => {
      const { id, ...rule } = faultRuleSchema.parse(given);
      world.state.faultNumber += 1;
      const record = { id: id ?? `fault-${world.state.faultNumber}`, rule, addedAt: now(world), matched: 0, fired: 0 };
      world.state.faults = [...world.state.faults.filter((fault) => fault.id !== record.id), record];
      world.changed(null);
      return record.id;
    },
    removeFault: (id) => keepOnly((each) => each !== id),
    clearFaults: () => keepOnly(() => false),
  };
}

function actingAgent(world: World, chat: Chat, named: string | undefined): User {
  if (named !== undefined) return agentOf(world, named);
  return chat.agentId === null ? anyAgent(world) : agentIn(world, chat);
}

function anyAgent(world: World): User {
  const agent = Object.values(world.state.users).find((user) => user.agent?.available);
  if (!agent) throw new Refusal('conflict', 'No agent is available');
  return agent;
}

function nextQueue(world: World, chat: Chat): string {
  const { escalateTo } = queueOf(world, chat.queueId);
  if (escalateTo === null) throw new Refusal('conflict', 'This queue escalates to no other');
  return escalateTo;
}
