import type { FaultAction } from '../faults/rule';
import type { User } from '../model/state';
import type { World } from '../model/world';
import type { Answer } from './answer';
import { failure, Refused } from './answer';

/** A request as it came in over the wire. */
export interface Incoming {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  /** The body as it came. */
  readonly bytes: Buffer;
}

/** A request whose caller is known, on its way to a handler. */
export interface Call {
  readonly world: World;
  readonly incoming: Incoming;
  readonly caller: User;
  /** What stands in the path where the route has a name. */
  readonly params: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
  /** What the fault in force, if any, does to this call. */
  readonly fault: FaultAction;
  /** Ids of what came into being through this call. */
  readonly effects: string[];
  /** What happens once the caller has its answer, or would have it. */
  readonly afterwards: (() => void)[];
}

/** What comes of a call beside its answer. */
export type Made = Pick<Call, 'effects' | 'afterwards'>;

export type Handler = (call: Call) => Answer;

/** A part of the path, which the route must have. */
export function param(call: Call, name: string): string {
  const value = call.params[name];
  if (value === undefined) throw new Error(`the route has no ${name}`);
  return value;
}

/** A text in the body; undefined when it is missing. */
export function text(call: Call, name: string): string | undefined {
  const value = call.body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw new Refused(failure(400, 'Invalid request body', `${name} is not a text`));
  return value;
}
