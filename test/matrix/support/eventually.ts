const longestMs = 60_000;
const pauseMs = 40;

/** Resolves as soon as this is so. Patient: many cells are played at the same time, on however slow a machine. */
export async function eventually(isSo: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + longestMs;
  while (!isSo()) {
    if (Date.now() >= deadline) throw new Error(`not within ${longestMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
