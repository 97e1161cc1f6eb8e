/** One record as the platform gives it: every value a text, empty where there is none; `sys_id` is among them. */
export type Fields = Readonly<Record<string, string>>;

/** One condition; texts that are numbers compare as numbers. */
export type Condition =
  | readonly [field: string, operator: '=' | '!=' | '>', value: string]
  | readonly [field: string, operator: 'IN', values: readonly string[]];

export interface Query {
  readonly table: string;
  readonly where: readonly Condition[];
  /** A field to sort by; with a minus before it, the greatest first. */
  readonly order?: string;
  readonly limit?: number;
}

/** The instance's records. Each call takes effect at once, by itself: there are no transactions over several. */
export interface Records {
  /** `IN` of no values finds nothing. */
  find(query: Query): Fields[];
  /** The new record's id; `undefined` when a unique index (or the platform) did not let it in. */
  insert(table: string, fields: Fields): string | undefined;
  update(table: string, id: string, fields: Fields): void;
}

/** What Agent Chat does for scripts. All of it may throw. */
export interface AgentChat {
  /** Begins a conversation of this user; answers its id. The platform makes the interaction that belongs to it. */
  begin(user: string): string;
  /** Says something as the requester, where the agent's pane shows it. */
  say(conversation: string, text: string, attachments: readonly string[]): void;
  end(conversation: string): void;
}

/** A file on its way to a record. */
export interface NewFile {
  readonly table: string;
  readonly record: string;
  readonly name: string;
  readonly type: string;
  /** Its bytes, in whatever form the platform has them. */
  readonly data: unknown;
}

export interface OutgoingRequest {
  readonly url: string;
  readonly headers: Fields;
  readonly body: string;
  readonly timeoutMs: number;
}

/** Everything that this application wants of the platform. */
export interface Glide {
  readonly records: Records;
  readonly agentChat: AgentChat;
  /** The user on whose behalf a request runs. */
  readonly user: { readonly id: string };
  /** The instance's clock, epoch milliseconds. */
  now(): number;
  /** Whether this schedule (cmn_schedule) holds just now. */
  isWithin(schedule: string): boolean;
  /** The value of one of our system properties; empty where nothing is set. */
  property(name: string): string;
  /** HMAC-SHA256 of the text under a key in base64; the code in base64. */
  mac(key: string, text: string): string;
  /** Posts; the status of the answer, 0 when there was none. */
  post(request: OutgoingRequest): number;
  /** Attaches a file to a record; its id. */
  attach(file: NewFile): string;
  /** One line in the system log. Never words of a chat. */
  warn(line: string): void;
}

/** The first record that fits. */
export function first(glide: Glide, query: Query): Fields | undefined {
  return glide.records.find({ ...query, limit: 1 })[0];
}

/** The record with this id. */
export function byId(glide: Glide, table: string, id: string): Fields | undefined {
  return id === '' ? undefined : first(glide, { table, where: [['sys_id', '=', id]] });
}
