import type { Clock, Log } from './ports';

/** The same fault is said so often at the most, milliseconds. */
const everyMs = 10_000;
/** Kinds of faults that are remembered. */
const mostKinds = 1_000;

interface Said {
  readonly at: number;
  unsaid: number;
}

/**
 * The log of a loop that tries again by itself: while the store is away every conversation stumbles over it, again and again, and one line
 * says as much as thousands. Of errors of one kind (the same event, the same error) one line in ten seconds is written; it tells how
 * many were `unsaid` before it. Everything else passes.
 */
export function sparingLog(log: Log, clock: Clock): Log {
  const kinds = new Map<string, Said>();
  return {
    info: (event, fields) => log.info(event, fields),
    warn: (event, fields) => log.warn(event, fields),
    error: (event, fields = {}) => {
      const kind = `${event}\n${String(fields.error)}`;
      const said = kinds.get(kind);
      const now = clock.now();
      if (said && now - said.at < everyMs) {
        said.unsaid += 1;
        return;
      }
      if (kinds.size >= mostKinds) kinds.clear();
      kinds.set(kind, { at: now, unsaid: 0 });
      log.error(event, said?.unsaid ? { ...fields, unsaid: said.unsaid } : fields);
    },
  };
}
