import type { Wording } from './message';

/** A time as a clock on the employee's wall shows it, such as `10:02`. Where nobody knows in which zone she is, the zone is named. */
export function timeOfDay(at: number, { locale, timezone }: Wording): string {
  return inZone(at, locale, timezone) ?? inZone(at, 'en-GB', timezone) ?? `${utc(at)} UTC`;
}

/** Nothing where the language or the zone is none: both come from outside. */
function inZone(at: number, locale: string | undefined, timeZone: string | undefined): string | undefined {
  if (timeZone === undefined) return undefined;
  try {
    const format = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone });
    return format.format(at);
  } catch {
    return undefined;
  }
}

function utc(at: number): string {
  return new Date(at).toISOString().slice(11, 16);
}
