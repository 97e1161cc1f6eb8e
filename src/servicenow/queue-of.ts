import type { OpenRequest } from '../engine/ports';

/** These names mean the default queue whatever the aliases are. */
const defaultNames: readonly string[] = ['servicenow', 'live_agent'];

export interface QueueNames {
  /** sys_id of the default queue. */
  readonly queue: string;
  /** Aliases of further queues. */
  readonly queues: Readonly<Record<string, string>>;
}

/** sys_id of the queue that a hand-off asks for. */
export function queueOf({ queue, queues }: QueueNames, { handoff }: OpenRequest): string {
  const alias = handoff.request.queue;
  if (alias === undefined || defaultNames.includes(alias) || !Object.hasOwn(queues, alias)) return queue;
  return queues[alias] ?? queue;
}
