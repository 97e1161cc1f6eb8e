import type { AssistantItem } from '../conversation/content';
import type { AssistantNews } from '../conversation/effects';
import { ApiFailure } from '../conversation/failures';
import type { Log } from '../engine/ports';
import type { RasaClient } from './client';
import { eventsOfEnd, eventsOfMeanwhile, eventsOfStart, slotsDuring, undeclared } from './mirror';
import { readMessages } from './schema';
import { canStandInPath } from './sender';
import { readTracker } from './tracker';

type GoodbyeSaid = Extract<AssistantNews, { event: 'goodbye_said' }>;

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

/** Mirrors what happens to a live chat in the bot's records. To do it twice is harmless, but for the goodbye, to which the bot may answer. */
export async function tell(parts: NewsParts, sender: string, news: AssistantNews): Promise<readonly AssistantItem[]> {
  if (!canStandInPath(sender)) return [];
  const { client } = parts;
  switch (news.event) {
    case 'asked_meanwhile':
      await client.append(sender, eventsOfMeanwhile());
      return [];
    case 'chat_ended':
      await client.append(sender, eventsOfEnd());
      return [];
    case 'goodbye_said':
      return answerToEnd(parts, sender, news);
    case 'chat_started': {
      const slots = slotsDuring(news, parts.now());
      warnOf(parts, undeclared(slots, readTracker(await client.append(sender, eventsOfStart(slots)))));
      return [];
    }
  }
}

/** What the bot says when the intent of the end is triggered; a domain without the intent answers 404. */
async function answerToEnd({ client, endIntent, log, correlation }: NewsParts, sender: string, news: GoodbyeSaid) {
  if (endIntent === undefined) return [];
  const { reason, answered } = news;
  try {
    return readMessages(await client.triggerIntent(sender, endIntent, { reason, answered }));
  } catch (error) {
    // not told twice: the bot would act twice
    if (!(error instanceof ApiFailure)) throw error;
    log.info('rasa_end_intent_not_taken', { correlation, kind: error.kind });
    return [];
  }
}

/** The bot's domain has to name the slots; where it does not, that is said once. */
function warnOf({ warned, log }: NewsParts, names: readonly string[]): void {
  const fresh = names.filter((name) => !warned.has(name));
  for (const name of fresh) warned.add(name);
  if (fresh.length > 0) log.warn('rasa_slots_not_declared', { slots: fresh });
}
