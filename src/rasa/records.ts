import { ApiFailure } from '../conversation/failures';
import type { Log } from '../engine/ports';
import type { RasaClient } from './client';
import { eventsOfEnd, isLeftSilent } from './mirror';
import { canStandInPath } from './sender';
import { type FoundTurn, findTurn, readTracker, type SoughtTurn, type Tracker, triggerInEvents } from './tracker';
import type { TriggerForm } from './trigger';

export interface RecordsParts {
  readonly client: RasaClient;
  /** Names of bot actions that mean a hand-off. */
  readonly actions: readonly string[];
  readonly log: Log;
}

/** One turn of one conversation, and what its log lines carry. */
export interface RecordedTurn extends SoughtTurn {
  readonly sender: string;
  readonly correlation: string;
}

/**
 * Whether the turn that was just answered changed the bot's records in a way that means a hand-off. The turn has happened:
 * records that cannot be read are a line in the log.
 */
export async function triggerInRecords(
  parts: RecordsParts,
  turn: RecordedTurn,
  silent: boolean,
): Promise<TriggerForm | undefined> {
  if (!canStandInPath(turn.sender)) return undefined;
  try {
    const tracker = readTracker(await parts.client.tracker(turn.sender, 'AFTER_RESTART'));
    const place = findTurn(tracker.events ?? [], turn);
    const form = place.found === 'absent' ? undefined : triggerInEvents(place.after, parts.actions);
    if (form === undefined && silent && isLeftSilent(tracker)) await giveVoiceBack(parts, turn);
    return form;
  } catch (error) {
    warnOfRecords(parts.log, turn.correlation, error);
    return undefined;
  }
}

/** The end of an earlier chat did not get through to the records, and the bot is still silent. */
async function giveVoiceBack({ client, log }: RecordsParts, { sender, correlation }: RecordedTurn): Promise<void> {
  log.warn('rasa_left_silent', { correlation });
  await client.append(sender, eventsOfEnd());
}

/** What the records prove about a turn; `undefined` when they cannot be asked. */
export async function findInRecords(parts: RecordsParts, turn: RecordedTurn): Promise<FoundTurn | undefined> {
  if (!canStandInPath(turn.sender)) return undefined;
  const tracker = await trackerOf(parts, turn);
  return tracker?.events && findTurn(tracker.events, turn);
}

async function trackerOf({ client, log }: RecordsParts, turn: RecordedTurn): Promise<Tracker | undefined> {
  try {
    return readTracker(await client.tracker(turn.sender, 'ALL'));
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    warnOfRecords(log, turn.correlation, error);
    if (error.kind === 'unreachable' || error.kind === 'throttled') throw inDoubt(error);
    return undefined;
  }
}

/** The look did certainly not happen, but what it was about still may have. */
function inDoubt({ kind, message, status, retryAfterMs, cause }: ApiFailure): ApiFailure {
  return new ApiFailure({ upstream: 'rasa', kind, certain: false, message, status, retryAfterMs, cause });
}

function warnOfRecords(log: Log, correlation: string, error: unknown): void {
  if (!(error instanceof ApiFailure)) throw error;
  log.warn('rasa_records_unreadable', { correlation, kind: error.kind, status: error.status });
}
