/** Runs a thing once for a name within so many milliseconds; whoever comes meanwhile gets the same outcome. */
export interface OnceWithin {
  run(name: string, action: () => Promise<void>): Promise<void>;
  forget(name: string): void;
}

/** For what the channel delivers twice under different ids. A failure is not remembered, so that it can be tried again. */
export function onceWithin(windowMs: number, now: () => number): OnceWithin {
  const runs = new Map<string, { readonly at: number; readonly outcome: Promise<void> }>();
  const prune = () => {
    for (const [name, run] of runs) {
      if (now() - run.at < windowMs) return;
      runs.delete(name);
    }
  };
  return {
    run(name, action) {
      prune();
      const known = runs.get(name);
      if (known) return known.outcome;
      const outcome = action();
      runs.set(name, { at: now(), outcome });
      outcome.catch(() => runs.delete(name));
      return outcome;
    },
    forget: (name) => {
      runs.delete(name);
    },
  };
}
