import { frozenClock } from '../../../../src/simulator/rasa/clock';
import { startRasa } from '../../../../src/simulator/rasa/server';
import type { RasaOptions, RasaSimulator } from '../../../../src/simulator/rasa/simulator';

export type Reply = { status: number; text: string; body: unknown; headers: Headers };

const running: RasaSimulator[] = [];

/** A Rasa whose clock stands still, closed after the test. */
export async function rasa(options: RasaOptions = {}): Promise<RasaSimulator> {
  const simulator = await startRasa({ clock: frozenClock(), ...options });
  running.push(simulator);
  return simulator;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()));
});

/** Sends any request; an object is sent as JSON, text as it is. */
export async function call(url: string, method: string, body?: unknown, init: RequestInit = {}): Promise<Reply> {
  const sent = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(url, { method, body: sent ?? null, redirect: 'manual', ...init });
  const text = await response.text();
  return { status: response.status, text, body: parsed(text), headers: response.headers };
}

/** Says something over REST and gives the items of the answer, without their recipient. */
export async function say(simulator: RasaSimulator, message: unknown, more: object = {}): Promise<unknown> {
  const { body } = await post(simulator, { sender: 'ann', message, ...more });
  return (body as { recipient_id: string }[]).map(({ recipient_id: _, ...item }) => item);
}

/** Posts to the REST webhook. */
export function post(simulator: RasaSimulator, body: unknown, init: RequestInit = {}): Promise<Reply> {
  return call(`${simulator.url}/webhooks/rest/webhook`, 'POST', body, init);
}

/** Calls the HTTP API. */
export function api(simulator: RasaSimulator, method: string, path: string, body?: unknown): Promise<Reply> {
  return call(`${simulator.url}${path}`, method, body);
}

/** The conversation over the API. */
export async function tracker(simulator: RasaSimulator, id = 'ann', query = ''): Promise<Tracker> {
  return (await api(simulator, 'GET', `/conversations/${id}/tracker${query}`)).body as Tracker;
}

export interface Tracker {
  readonly sender_id: string;
  readonly slots: Record<string, unknown>;
  readonly paused: boolean;
  readonly events: readonly { event: string; timestamp: number; [key: string]: unknown }[] | null;
  readonly latest_message: Record<string, unknown>;
  readonly latest_event_time: number;
  readonly followup_action: string | null;
  readonly latest_input_channel: string | null;
  readonly latest_action_name: string;
}

/** Waits until that many requests are being worked on. */
export async function arrived(simulator: RasaSimulator, count: number): Promise<void> {
  const atWork = () => simulator.requests().filter(({ body, method }) => body !== '' || method === 'GET').length;
  await until(() => atWork() >= count);
  await turns(3);
}

/** Lets the event loop turn until something holds. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await turns(1);
}

/** Lets the event loop turn. */
export async function turns(count: number): Promise<void> {
  for (let at = 0; at < count; at += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Tells whether a promise has settled, without waiting for it. */
export function watched<T>(promise: Promise<T>): { readonly promise: Promise<T>; done(): boolean } {
  let settled = false;
  const mark = () => {
    settled = true;
  };
  promise.then(mark, mark);
  return { promise, done: () => settled };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
