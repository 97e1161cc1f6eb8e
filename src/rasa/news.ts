import type { AssistantNews } from '../conversation/effects';
import { ApiFailure } from '../conversation/failures';
import type { Log } from '../engine/ports';
import type { RasaClient } from './client';
import { eventsOfEnd, eventsOfMeanwhile, eventsOfStart, slotsDuring, undeclared } from './mirror';
import { canStandInPath } from './sender';
import { readTracker } from './tracker';

export interface NewsParts {
  readonly client: RasaClient;
  /** Intent that tells the bot of the end; absent: it is not told. */
  readonly endIntent?: string;
  /** Names of slots about which the admin was warned. */
  readonly warned: Set<string>;
  readonly now: () => number;
  readonly log: Log;
  readonly correlation: string;
}

/** Mirrors the start or the end of a live chat, or that the bot is wanted while the employee waits, in the bot's records. To do it twice is harmless. */
export async function tell(parts: NewsParts, sender: string, news: AssistantNews): Promise<void> {
  if (!canStandInPath(sender)) return;
  if (news.event === 'asked_meanwhile') return void (await parts.client.append(sender, eventsOfMeanwhile()));
  if (news.event === 'chat_ended') return tellEnd(parts, sender, news.reason);
  const slots = slotsDuring(news, parts.now());
  const tracker = readTracker(await parts.client.append(sender, eventsOfStart(slots)));
  warnOf(parts, undeclared(slots, tracker));
}

async function tellEnd({ client, endIntent, log, correlation }: NewsParts, sender: string, reason: string) {
  await client.append(sender, eventsOfEnd());
  if (endIntent === undefined) return;
  try {
    await client.triggerIntent(sender, endIntent, { reason });
  } catch (error) {
    // not told twice: the bot would act twice, and a domain without the intent answers 404
    if (!(error instanceof ApiFailure)) throw error;
    log.info('rasa_end_intent_not_taken', { correlation, kind: error.kind });
  }
}

/** The bot's domain has to name the slots; where it does not, that is said once. */
function warnOf({ warned, log }: NewsParts, names: readonly string[]): void {
  const fresh = names.filter((name) => !warned.has(name));
  for (const name of fresh) warned.add(name);
  if (fresh.length > 0) log.warn('rasa_slots_not_declared', { slots: fresh });
}
