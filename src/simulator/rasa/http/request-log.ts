import type { IncomingHttpHeaders } from 'node:http';

/** How a request ended. `aborted`: the client left. `broken`: this server let it down on purpose. */
export type Outcome = 'open' | 'answered' | 'aborted' | 'broken';

/** One request, as this Rasa saw it. Times are milliseconds of the simulator's clock. */
export interface LoggedRequest {
  readonly index: number;
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  body: string;
  sender: string | undefined;
  /** How many messages (or API calls) of this sender were in the works when it came, itself included. */
  concurrent: number;
  faults: readonly string[];
  status: number | undefined;
  /** Whether a turn was played and kept because of it. */
  processed: boolean;
  outcome: Outcome;
  doneAt: number | undefined;
}

/** All requests since the last reset, the control calls left out. */
export class RequestLog {
  private entries: LoggedRequest[] = [];
  private readonly atWork = new Map<string, Set<LoggedRequest>>();

  constructor(private readonly now: () => number) {}

  open(head: Pick<LoggedRequest, 'method' | 'path' | 'query' | 'headers'>): LoggedRequest {
    const rest = { body: '', sender: undefined, concurrent: 1, faults: [], status: undefined, doneAt: undefined };
    const entry: LoggedRequest = {
      index: this.entries.length,
      at: this.now(),
      ...head,
      ...rest,
      processed: false,
      outcome: 'open',
    };
    this.entries.push(entry);
    return entry;
  }

  /** The request has been read. */
  read(entry: LoggedRequest, body: string, sender: string | undefined): void {
    Object.assign(entry, { body, sender });
    if (sender === undefined) return;
    const others = this.atWork.get(keyOf(entry)) ?? new Set();
    this.atWork.set(keyOf(entry), others.add(entry));
    entry.concurrent = others.size;
  }

  close(entry: LoggedRequest, outcome: Outcome): void {
    if (entry.outcome !== 'open') return;
    Object.assign(entry, { outcome, doneAt: this.now() });
    const others = this.atWork.get(keyOf(entry));
    others?.delete(entry);
    if (others?.size === 0) this.atWork.delete(keyOf(entry));
  }

  /** Copies: what is handed out does not change any more. */
  all(): readonly LoggedRequest[] {
    return this.entries.map((entry) => ({ ...entry }));
  }

  clear(): void {
    this.entries = [];
    this.atWork.clear();
  }
}

/** Messages and calls of the API are counted apart. */
function keyOf({ path, sender }: LoggedRequest): string {
  return `${path.startsWith('/webhooks/') ? 'message' : 'call'} ${sender}`;
}
