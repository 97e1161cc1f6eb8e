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
  /** How many requests of this sender were in the works when it came, itself included. */
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
    const isSame = (other: LoggedRequest) => other.outcome === 'open' && other.sender === sender && other !== entry;
    const others = sender === undefined ? [] : this.entries.filter(isSame);
    Object.assign(entry, { body, sender, concurrent: others.length + 1 });
  }

  close(entry: LoggedRequest, outcome: Outcome): void {
    if (entry.outcome === 'open') Object.assign(entry, { outcome, doneAt: this.now() });
  }

  /** Copies: what is handed out does not change any more. */
  all(): readonly LoggedRequest[] {
    return this.entries.map((entry) => ({ ...entry }));
  }

  clear(): void {
    this.entries = [];
  }
}
