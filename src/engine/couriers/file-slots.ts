/** Files whose bytes are held in memory at once, over all conversations. */
const width = 4;

/** Runs work when one of a few places is free; first come, first served. */
export type InSlot = <T>(work: () => Promise<T>) => Promise<T>;

/** Bounds how many files this process holds in memory. */
export function fileSlots(): InSlot {
  const waiting: (() => void)[] = [];
  let taken = 0;
  return async (work) => {
    if (taken === width) await new Promise<void>((resolve) => waiting.push(resolve));
    else taken += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else taken -= 1;
    }
  };
}
