import { CloudAdapter, type InvokeResponse, type TurnContext } from 'botbuilder';
import type { Log } from '../engine/ports';
import { asActivity, type IncomingActivity, readActivity } from './activity';
import type { TeamsAuthentication } from './authentication';
import { Refusal } from './refusal';

/** What the channel gets back: a status and, for invokes alone, a body. */
export interface Reception {
  readonly status: number;
  readonly body?: unknown;
}

export interface AdapterParts {
  readonly authentication: TeamsAuthentication;
  readonly bot: (turn: TurnContext) => Promise<void>;
  readonly log: Log;
}

/** The door through which Teams comes in. It never throws, and tells the outside nothing but a status. */
export class TeamsAdapter extends CloudAdapter {
  constructor(private readonly parts: AdapterParts) {
    super(parts.authentication);
  }

  /** The refusal that the Authorization header alone is reason for; `undefined` when the body may be read. */
  async checkHeader(authorization: string | undefined): Promise<Reception | undefined> {
    try {
      await this.parts.authentication.checkHeader(authorization);
      return undefined;
    } catch (error) {
      return this.turnedAway(error);
    }
  }

  /** Takes one activity. 200 means that everything it led to is durable. */
  async receive(authorization: string | undefined, body: unknown): Promise<Reception> {
    try {
      await this.parts.authentication.checkHeader(authorization);
      const activity = readActivity(body);
      if (!activity) throw new Refusal(400, 'not_an_activity');
      return receptionOf(await this.run(authorization ?? '', activity));
    } catch (error) {
      return this.turnedAway(error);
    }
  }

  private run(authorization: string, activity: IncomingActivity): Promise<InvokeResponse | undefined> {
    return this.processActivity(authorization, asActivity(activity), this.parts.bot);
  }

  /** Whatever is no refusal is our own trouble: the turn is not stored, and the channel shall try again. */
  private turnedAway(error: unknown): Reception {
    const { status, reason } = error instanceof Refusal ? error : new Refusal(503, 'not_stored');
    const cause = error instanceof Refusal ? {} : { error: error instanceof Error ? error.name : 'unknown' };
    this.parts.log.warn('turn_refused', { status, reason, ...cause });
    return { status };
  }
}

function receptionOf(response: InvokeResponse | undefined): Reception {
  if (!response) return { status: 200 };
  return response.body === undefined ? { status: response.status } : { status: response.status, body: response.body };
}
