import { faultForCallback } from '../faults/match';
import type { FaultAction } from '../faults/rule';
import { chance } from '../model/ids';
import { newId, now, plan, type World } from '../model/world';
import { settle } from './conversations';
import type { Callback, Item, Parcel } from './records';

/** How long a callback that is out of order waits at the most for one to overtake it. */
const overtakenMs = 2_000;

/** Sends what was laid out, as the switches group it and as the faults in force bend it. */
export function sendOutbox(world: World): void {
  for (const parcel of world.state.bot.outbox.splice(0)) sendParcel(world, parcel);
}

/** A callback that was late on purpose goes now. */
export function release(world: World, id: string): void {
  const { held } = world.state.bot;
  const at = held.findIndex((each) => each.id === id);
  const [callback] = at < 0 ? [] : held.splice(at, 1);
  if (callback) world.callBack(callback);
}

function sendParcel(world: World, parcel: Parcel): void {
  if (world.state.config.callback === null) {
    settle(world, parcel.conversation, parcel.answers);
    return;
  }
  const groups = grouped(world, parcel);
  for (const [index, items] of groups.entries()) {
    const isLast = index === groups.length - 1;
    const { completed, takeControl, ...envelope } = parcel.envelope;
    const end = isLast ? { ...(completed ? { completed } : {}), ...(takeControl ? { takeControl } : {}) } : {};
    sendOne(world, parcel, { ...envelope, ...end, body: bare(world, items) }, isLast);
  }
}

function grouped(world: World, { items }: Parcel): Item[][] {
  const { callbackGrouping } = world.state.config;
  if (callbackGrouping === 'batch' || items.length < 2) return [[...items]];
  const groups: Item[][] = [];
  for (const item of items) {
    const together = callbackGrouping === 'random' && chance(`group:${newId(world)}`) < 0.5;
    const last = groups.at(-1);
    if (together && last) last.push(item);
    else groups.push([item]);
  }
  return groups;
}

/** The items as the version of the application on the instance writes them. */
function bare(world: World, items: readonly Item[]): Item[] {
  if (world.state.config.idsInCallbacks === 'on') return [...items];
  return items.map(({ messageId: _, ...item }) => item);
}

function sendOne(world: World, parcel: Parcel, envelope: Record<string, unknown>, isLast: boolean): void {
  const { conversation } = parcel;
  const subject = { chat: conversation, user: String(envelope.userId), body: JSON.stringify(envelope) };
  const chat = world.state.bot.conversations[conversation]?.chat ?? conversation;
  const fault = faultForCallback(world.state, { ...subject, chat }, now(world));
  const bent: FaultAction = fault?.rule.do ?? {};
  const callback: Callback = {
    id: newId(world),
    conversation,
    body: bodyUnder(bent, envelope),
    answers: isLast ? parcel.answers : null,
    fault: fault?.id ?? null,
    badAuth: bent['cb.badAuth'] !== undefined,
  };
  if (bent['cb.drop']) {
    settle(world, conversation, callback.answers);
    return;
  }
  const copies = 1 + (bent['cb.dup']?.n ?? 0);
  const waits = bent['cb.delay']?.ms ?? (bent['cb.reorder'] ? overtakenMs : 0);
  for (let copy = 0; copy < copies; copy += 1) {
    if (waits > 0) hold(world, callback, waits);
    else world.callBack(callback);
  }
  if (waits === 0) releaseOvertaken(world, conversation);
}

function hold(world: World, callback: Callback, forMs: number): void {
  const held = { ...callback, id: newId(world) };
  world.state.bot.held.push(held);
  plan(world, { id: callback.conversation }, forMs, { kind: 'bot', what: { kind: 'release', callback: held.id } });
}

/** What was to be out of order has been overtaken. */
function releaseOvertaken(world: World, conversation: string): void {
  const isOvertaken = ({ conversation: of, fault }: Callback) =>
    of === conversation && world.state.faults.some(({ id, rule }) => id === fault && rule.do['cb.reorder']);
  for (const { id } of world.state.bot.held.filter(isOvertaken)) release(world, id);
}

function bodyUnder(bent: FaultAction, envelope: Record<string, unknown>): string {
  const stranger = { clientSessionId: 'nobody', userId: 'nobody', clientVariables: {}, interactionId: '0'.repeat(32) };
  const whole = JSON.stringify({
    ...envelope,
    ...(bent['cb.unknownChat'] ? stranger : {}),
    ...oversize(bent, envelope),
  });
  return bent['cb.malformed'] ? whole.slice(0, Math.ceil(whole.length / 2)) : whole;
}

function oversize(bent: FaultAction, { body }: Record<string, unknown>): Record<string, unknown> {
  const big = bent['cb.oversize'];
  if (!big) return {};
  const kb = typeof big === 'object' ? (big.kb ?? 12_288) : 12_288;
  return { body: [...(body as Item[]), { uiType: 'OutputText', group: 'DefaultText', value: 'x'.repeat(kb * 1024) }] };
}
