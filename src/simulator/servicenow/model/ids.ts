import { createHash } from 'node:crypto';

/** 32 hex characters that depend on nothing but the text. */
export function hexId(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** A number from 0 up to 1 that depends on nothing but the text. */
export function chance(text: string): number {
  return Number.parseInt(hexId(text).slice(0, 8), 16) / 0x1_0000_0000;
}

/** The same items in an order that depends on nothing but the text. */
export function shuffled<T>(items: readonly T[], text: string): T[] {
  return items
    .map((item, index) => ({ item, rank: chance(`${text}:${index}`) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
