import type { z } from 'zod';

/** A body in the agreed shape; `undefined` when it is none. */
export function readAs<T>(text: string, shape: z.ZodType<T>): T | undefined {
  try {
    return shape.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
