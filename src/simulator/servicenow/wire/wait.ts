/** Waits on the wire, in real milliseconds, that all end at once when the server closes. */
export interface Waits {
  wait(milliseconds: number): Promise<void>;
  endAll(): void;
}

export function makeWaits(): Waits {
  const running = new Map<NodeJS.Timeout, () => void>();
  let ended = false;
  return {
    wait: (milliseconds) =>
      new Promise((resolve) => {
        if (ended || milliseconds <= 0) return resolve();
        const timer = setTimeout(() => {
          running.delete(timer);
          resolve();
        }, milliseconds);
        running.set(timer, resolve);
      }),
    endAll: () => {
      ended = true;
      for (const [timer, resolve] of running) {
        clearTimeout(timer);
        resolve();
      }
      running.clear();
    },
  };
}
