import { acceptChat, greet, sayAsAgent } from './agents';
import { clockAt } from './clock';
import { closeForSilence, remindOfSilence } from './idle';
import { type Chat, type Due, entryState, isEnded, type User } from './state';
import { answerTransfer } from './transfers';
import { now, type World } from './world';

/** When the next thing happens by itself; undefined when nothing waits. */
export function nextDue(world: World): Due | undefined {
  return world.state.due.reduce<Due | undefined>(
    (first, each) => (first && !isBefore(each, first) ? first : each),
    undefined,
  );
}

/** Everything that is due by now happens, in order. */
export function runDue(world: World): void {
  for (let due = nextDue(world); due && due.at <= now(world); due = nextDue(world)) {
    const taken = due;
    world.state.due = world.state.due.filter((each) => each !== taken);
    happen(world, taken);
  }
}

/** Moves the clock on; what falls due on the way happens at its own time. */
export function advance(world: World, milliseconds: number): void {
  const target = now(world) + milliseconds;
  for (let due = nextDue(world); due && due.at <= target; due = nextDue(world)) {
    world.state.clock = clockAt(world.state.clock, Math.max(due.at, now(world)));
    runDue(world);
  }
  world.state.clock = clockAt(world.state.clock, target);
}

function happen(world: World, { chat: id, what }: Due): void {
  if (what.kind === 'bot') {
    world.botDue(what.what);
    return;
  }
  const chat = world.state.chats[id];
  const agent = 'agent' in what ? world.state.users[what.agent] : undefined;
  if (!chat || happensInApp(world, chat, what) || isEnded(chat)) return;
  switch (what.kind) {
    case 'initialResponse':
      if (agent) greet(world, chat, agent);
      break;
    case 'transferAccepted':
      if (chat.transfer?.state === 'pending') answerTransfer(world, chat, 'accepted');
      break;
    case 'idleReminder':
      remindOfSilence(world, chat);
      break;
    case 'idleClose':
      closeForSilence(world, chat);
      break;
    case 'autoAccept':
      if (agent) acceptIfRoom(world, chat, agent);
      break;
    case 'autoReply':
      if (agent) sayAsAgent(world, chat, agent, { text: what.text });
      break;
  }
}

/** What happens whether or not the chat has ended meanwhile. */
function happensInApp(world: World, chat: Chat, what: Due['what']): boolean {
  if (what.kind === 'appCatchesUp') {
    world.appCatchesUp(chat);
    return true;
  }
  if (what.kind !== 'rowAppears') return false;
  const row = chat.rows.find((each) => each.id === what.row);
  if (row) world.rowAppeared(chat, row);
  return true;
}

function acceptIfRoom(world: World, chat: Chat, agent: User): void {
  const busy = Object.values(world.state.chats).filter(
    (other) => other.state === entryState.inProgress && other.agentId === agent.sysId,
  );
  if (chat.state !== entryState.waiting || !agent.agent?.available || busy.length >= agent.agent.capacity) return;
  acceptChat(world, chat, agent);
}

function isBefore(a: Due, b: Due): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
