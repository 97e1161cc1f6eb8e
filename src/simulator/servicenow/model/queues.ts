import { Refusal } from './refusal';
import { type Chat, entryState, isEnded, type Queue } from './state';
import { now, type World } from './world';

/** The queue with this id. */
export function queueOf(world: World, id: string): Queue {
  const queue = world.state.queues[id];
  if (!queue) throw new Refusal('not_found', 'There is no such queue');
  return queue;
}

/** True while the queue takes chats: opened by hand and within its hours. */
export function isOpen(world: World, queue: Queue): boolean {
  return queue.open && (queue.hours === null || isWithin(queue.hours, new Date(now(world))));
}

/** The chats that wait in a queue, first come first. */
export function waitingIn(world: World, queueId: string): Chat[] {
  return Object.values(world.state.chats)
    .filter((chat) => chat.queueId === queueId && chat.state === entryState.waiting)
    .sort((a, b) => a.queuedAt - b.queuedAt || a.number.localeCompare(b.number));
}

/** The place of each waiting chat, counted from 1. */
export function positionsIn(world: World, queueId: string): ReadonlyMap<string, number> {
  return new Map(waitingIn(world, queueId).map((chat, index) => [chat.id, index + 1]));
}

/** How many chats of a queue go on. */
export function openIn(world: World, queueId: string): number {
  return Object.values(world.state.chats).filter((chat) => chat.queueId === queueId && !isEnded(chat)).length;
}

/** A duration in the platform's words, such as `2 Minutes 10 Seconds`. */
export function inWords(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const parts: [number, string][] = [
    [Math.floor(seconds / 3600), 'Hour'],
    [Math.floor(seconds / 60) % 60, 'Minute'],
    [seconds % 60, 'Second'],
  ];
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`)
    .join(' ');
}

function isWithin(hours: NonNullable<Queue['hours']>, at: Date): boolean {
  const time = at.toISOString().slice(11, 16);
  return hours.days.includes(at.getUTCDay()) && time >= hours.from && time < hours.to;
}
