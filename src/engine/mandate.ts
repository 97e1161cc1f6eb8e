import { AsyncLocalStorage } from 'node:async_hooks';

const mandates = new AsyncLocalStorage<() => boolean>();

/**
 * Runs work whose calls may leave only as long as `holds` says so, whatever it waits for in between (a look-up, a token, its turn). A
 * process that slept over its lease may own everything again when it wakes, but not what it was about to do.
 */
export function underMandate<T>(holds: () => boolean, work: () => Promise<T>): Promise<T> {
  return mandates.run(holds, work);
}

/** Whether what runs here may still call; true outside of any mandate. */
export function mandateHolds(): boolean {
  return mandates.getStore()?.() ?? true;
}
