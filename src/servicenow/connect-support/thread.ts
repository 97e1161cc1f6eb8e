import { byAge, timeOf } from './rows';
import type { Message } from './schema';

export interface PagingParts {
  /** One page: the newest rows, or the newest before that timestamp. */
  readonly page: (before?: number) => Promise<readonly Message[]>;
  readonly pageSize: number;
  readonly mostPages: number;
}

/**
 * The rows of a thread from `since` on (ServiceNow's time), oldest first, each once. Pages are followed back until one reaches
 * behind that time, is not full, or brings nothing new; whether `before` includes its own time does not matter.
 */
export async function rowsSince(since: number, { page, pageSize, mostPages }: PagingParts): Promise<Message[]> {
  const seen = new Set<string>();
  let rows: Message[] = [];
  let before: number | undefined;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const found = await page(before);
    const fresh = oldestFirst(found).filter((row) => !seen.has(row.sys_id));
    for (const row of fresh) seen.add(row.sys_id);
    rows = [...fresh, ...rows];
    const oldest = Math.min(...found.map(timeOf));
    if (found.length < pageSize || oldest < since) break;
    const next: number = fresh.length > 0 && before !== oldest + 1 ? oldest + 1 : oldest;
    if (next === before) break;
    before = next;
  }
  return rows.filter((row) => timeOf(row) >= since).sort(byAge);
}

/** Pages come newest first, as far as anybody has seen; one whose times say otherwise is left as it is. */
function oldestFirst(page: readonly Message[]): readonly Message[] {
  const [first, last] = [page[0], page.at(-1)];
  const isAscending = first !== undefined && last !== undefined && timeOf(first) < timeOf(last);
  return isAscending ? page : [...page].reverse();
}
