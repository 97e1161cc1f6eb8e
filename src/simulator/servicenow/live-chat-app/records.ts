import { makeRecords } from '#live-chat-app/memory/tables';
import { uniqueFields } from '#live-chat-app/memory/unique';
import type { Fields, Query, Records } from '#live-chat-app/server/logic/glide';
import { own } from '#live-chat-app/server/logic/names';
import { newId, now, type World } from '../model/world';
import { isView, selectFrom } from './views';

/** What goes wrong with the records during one request. */
export interface Trouble {
  /** Called before each effect; throws where the request is to die. */
  readonly dies: (at: string) => void;
  /** The log of changes is read from a replica that is so many milliseconds behind. */
  readonly staleMs: number;
}

const unhurt: Trouble = { dies: () => {}, staleMs: 0 };

/** The records, with what the platform does when they change. */
export function recordsOf(world: World, { dies, staleMs }: Trouble = unhurt): Records {
  const stored = makeRecords(world.state.tables, {
    newId: () => newId(world),
    stamp: () => String(now(world)),
    unique: uniqueFields,
    written: (table, record, before) => {
      world.keep();
      world.recordWritten(table, record, before);
    },
  });
  const isVisible = (record: Fields) => now(world) - Number(record.sys_created_on) >= staleMs;
  return {
    find: (query) => (isView(query.table) ? selectFrom(world, query) : fresh(stored, query, staleMs, isVisible)),
    insert: (table, fields) => {
      dies(`insert ${table}`);
      return stored.insert(table, fields);
    },
    update: (table, id, fields) => {
      dies(`update ${table}`);
      stored.update(table, id, fields);
    },
  };
}

function fresh(stored: Records, query: Query, staleMs: number, isVisible: (record: Fields) => boolean): Fields[] {
  if (staleMs === 0 || query.table !== own.change) return stored.find(query);
  const { limit, ...all } = query;
  return stored.find(all).filter(isVisible).slice(0, limit);
}
