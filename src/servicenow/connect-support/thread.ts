import { byAge } from './rows';
import type { ThreadMessage } from './schema';

export interface PagingParts {
  /** One page: the newest rows, or the newest before that timestamp. */
  readonly page: (before?: number) => Promise<readonly ThreadMessage[]>;
  readonly pageSize: number;
  readonly mostPages: number;
  /** True of the row that a thread begins with. Only the oldest row of a page is asked: others may quote it. */
  readonly isStart: (row: ThreadMessage) => boolean;
  /** Told when rows may exist that no page shows: more in one second than fit into a page, or too many pages. */
  readonly onOutOfReach: (why: 'crowded_second' | 'too_many_pages') => void;
}

/**
 * How far after the oldest known row the next page is asked to end: rows that share its second may not have fitted into the
 * page, and the instance may compare whole seconds or milliseconds, with or without the time itself.
 */
const overlaps = [1_000, 1, 0, -1];

/**
 * The rows of a thread, oldest first, each once. Pages are followed back until one holds a row that is far enough back, or until
 * they bring nothing new. Pages may come in any order, and shorter than full: rows that may not be read leave gaps.
 */
export async function threadBackTo(
  isFarEnough: (row: ThreadMessage) => boolean,
  parts: PagingParts,
): Promise<ThreadMessage[]> {
  const rows = new Map<string, ThreadMessage>();
  let ordered: ThreadMessage[] = [];
  let step = 0;
  let before: number | undefined;
  for (let pages = 0; ; pages += 1) {
    if (pages === parts.mostPages) {
      parts.onOutOfReach('too_many_pages');
      break;
    }
    const found = [...oldestFirst(await parts.page(before))].sort(byAge);
    const fresh = found.filter((row) => !rows.has(row.key));
    for (const row of fresh) rows.set(row.key, row);
    ordered = [...fresh, ...ordered];
    if (ordered.length === 0 || found.some(isFarEnough) || found.slice(0, 1).some(parts.isStart)) break;
    if (overlaps[step] === 1 && isCrowded(found, fresh, parts.pageSize)) parts.onOutOfReach('crowded_second');
    step = fresh.length > 0 ? 0 : step + (before === undefined ? 0 : 1);
    const overlap = overlaps[step];
    if (overlap === undefined) break;
    before = Math.min(...ordered.map((row) => row.at)) + overlap;
  }
  return ordered.sort(byAge);
}

/** A full page of nothing but known rows of one second: if there are more in that second, no page shows them. */
function isCrowded(found: readonly ThreadMessage[], fresh: readonly ThreadMessage[], pageSize: number): boolean {
  return fresh.length === 0 && found.length >= pageSize && found[0]?.at === found.at(-1)?.at;
}

/** Pages come newest first, as far as anybody has seen; one whose times say otherwise is left as it is. */
function oldestFirst(page: readonly ThreadMessage[]): readonly ThreadMessage[] {
  const [first, last] = [page[0], page.at(-1)];
  const isAscending = first !== undefined && last !== undefined && first.at < last.at;
  return isAscending ? page : [...page].reverse();
}
