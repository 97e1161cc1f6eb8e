import { own } from '../server/logic/names';

/** The unique indexes of this application's tables, as `src/fluent/tables.now.ts` makes them. */
export const uniqueFields: Readonly<Record<string, readonly string[]>> = {
  [own.chat]: ['key'],
  [own.message]: ['key'],
  [own.change]: ['key', 'sequence'],
  [own.claim]: ['key'],
};
