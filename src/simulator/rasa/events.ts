/** One thing that happened in a conversation. Times are seconds with a fraction. */
export interface RasaEvent {
  readonly event: string;
  readonly timestamp: number;
  readonly [key: string]: unknown;
}

/** An event as somebody hands it in: without its time, unless they insist. */
export interface NewEvent {
  readonly event: string;
  readonly timestamp?: number | null | undefined;
  readonly [key: string]: unknown;
}

type Check = 'string' | 'number' | 'boolean' | 'any' | 'array';

const required: Record<string, Record<string, Check>> = {
  user: {},
  bot: {},
  agent: {},
  action: {},
  slot: { name: 'string', value: 'any' },
  session_started: {},
  restart: {},
  pause: {},
  resume: {},
  reset_slots: {},
  rewind: {},
  undo: {},
  export: {},
  followup: { name: 'string' },
  active_loop: { name: 'any' },
  form: { name: 'any' },
  reminder: { action: 'string' },
  cancel_reminder: {},
  entities: { entities: 'array' },
  loop_interrupted: { is_interrupted: 'boolean' },
  form_validation: { validate: 'boolean' },
  action_execution_rejected: { name: 'string' },
  user_featurization: { use_text_for_featurization: 'boolean' },
};

/** Says what Rasa's schema has against an event, or nothing. */
export function eventComplaint(value: unknown, knowsSessionEnd: boolean): string | undefined {
  if (!isObject(value)) return 'an event is an object';
  const { event: name, timestamp, metadata } = value;
  const keys = knowsSessionEnd && name === 'session_ended' ? {} : required[String(name)];
  if (typeof name !== 'string' || !keys) return `unknown event ${JSON.stringify(name)}`;
  if (timestamp !== undefined && timestamp !== null && typeof timestamp !== 'number')
    return 'timestamp is not a number';
  if (metadata !== undefined && metadata !== null && !isObject(metadata)) return 'metadata is not an object';
  const wrong = Object.entries(keys).find(([key, check]) => !(key in value && passes(value[key], check)));
  return wrong && `${name} needs ${wrong[0]}`;
}

/** Whether a value is an object in the sense of JSON. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function passes(value: unknown, check: Check): boolean {
  if (check === 'any') return true;
  return check === 'array' ? Array.isArray(value) : typeof value === check;
}
