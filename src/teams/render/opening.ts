import type { Opening } from '../../conversation/opening-time';

/** When a help desk opens, by its own clocks, whose zone is named: the day in the reader's language. */
export function openingOf(opens: Opening | undefined, locale: string | undefined): string | undefined {
  if (!opens) return undefined;
  const { at, zone } = opens;
  const time = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(at);
  return `${weekday(opens, locale?.replaceAll('_', '-') ?? 'en')} ${time} (${zone})`;
}

/** What a client calls its language may be no language. */
function weekday(opens: Opening, locale: string): string {
  try {
    return new Intl.DateTimeFormat([locale, 'en'], { timeZone: opens.zone, weekday: 'long' }).format(opens.at);
  } catch (error) {
    if (locale === 'en' || !(error instanceof RangeError)) throw error;
    return weekday(opens, 'en');
  }
}
