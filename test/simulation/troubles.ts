import { ApiFailure, type Upstream } from '../../src/conversation/failures';
import type { FakeClock } from '../support/world/fake-clock';
import type { DeskCall, Extent, Fault, Side } from './history';

interface Trouble {
  readonly side: Side;
  readonly only: DeskCall | undefined;
  readonly fault: Fault;
  readonly until: number;
  callsLeft: number;
}

const upstreams: Record<Side, Upstream> = { desk: 'servicenow', teams: 'teams', assistant: 'rasa' };
const never = Number.POSITIVE_INFINITY;

/** What is wrong at the far sides now, and what that does to a call. */
export class Troubles {
  private all: Trouble[] = [];

  constructor(private readonly clock: FakeClock) {}

  begin(side: Side, fault: Fault, extent: Extent, only?: DeskCall): void {
    const until = 'ms' in extent ? this.clock.now() + extent.ms : never;
    this.all.push({ side, only, fault, until, callsLeft: 'calls' in extent ? extent.calls : never });
  }

  end(): void {
    this.all = [];
  }

  /** The trouble that this call runs into, if any. */
  of(side: Side, call: string): Fault | undefined {
    const now = this.clock.now();
    this.all = this.all.filter(({ until, callsLeft }) => until > now && callsLeft > 0);
    const met = this.all.find((one) => one.side === side && (one.only === undefined || call.startsWith(one.only)));
    if (met) met.callsLeft -= 1;
    return met?.fault;
  }

  /** The call as it goes with this fault. */
  async suffer<T>(side: Side, fault: Fault | undefined, call: () => Promise<T>): Promise<T> {
    switch (fault?.how) {
      case undefined:
        return call();
      case 'refused':
        throw failure(side, fault.kind, true, fault.retryAfterMs);
      case 'lost_before':
        throw failure(side, 'unreachable', false);
      case 'lost_after':
        await call();
        throw failure(side, 'unreachable', false);
      case 'garbled':
        await call();
        throw failure(side, 'malformed', false);
      case 'lost_late':
        this.clock.after(fault.ms, () => void call().catch(() => {}));
        throw failure(side, 'unreachable', false);
      case 'slow': {
        await this.wait(fault.beforeMs);
        try {
          return await call();
        } finally {
          await this.wait(fault.afterMs);
        }
      }
    }
  }

  private wait(ms: number): Promise<void> {
    return new Promise((resolve) => void this.clock.after(ms, resolve));
  }
}

export function failure(side: Side, kind: ApiFailure['kind'], certain: boolean, retryAfterMs?: number): ApiFailure {
  const message = `${side}: trouble (${kind})`;
  return new ApiFailure({ upstream: upstreams[side], kind, certain, message, retryAfterMs });
}
