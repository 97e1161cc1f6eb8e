import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Blobs } from '../engine/blobs';
import type { Inbox } from '../engine/inbox';
import { type Ownership, soleOwner } from '../engine/ownership';
import type { ConversationStore } from '../engine/store';
import type { Machine } from './postgres/machine';
import { openForCommand, openPostgres } from './postgres/open';
import { SqliteStore } from './sqlite/store';
import { StoreError } from './store-error';

/** Where conversations are kept. */
export type Place =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'postgres'; readonly url: string };

/** The store, and whose conversations are whose. */
export interface Opened {
  readonly store: ConversationStore;
  /** Files on their way, beside the conversations. */
  readonly blobs: Blobs;
  /** What far sides brought by themselves, beside the conversations. */
  readonly inbox: Inbox;
  readonly ownership: Ownership;
  /** The time that all processes over this store go by. */
  readonly time: Machine;
  /** Copies an embedded database into a new file while it is at work; returns its bytes. Throws StoreError. */
  readonly backUp?: (file: string) => Promise<number>;
  /** This process reads no chats any more, and is about to go. */
  retire(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the store. Throws StoreError when it cannot be used. */
export function openStore(place: Place, machine: Machine): Promise<Opened> {
  return place.kind === 'file' ? openFile(place.path, machine) : openShared(place.url, machine);
}

/** Opens the store as a command does, beside the replicas or while the connector is down: what is not there is not made. */
export async function openStoreForCommand(place: Place): Promise<ConversationStore> {
  if (place.kind === 'postgres') return openForCommand(place.url);
  const { path } = place;
  if (!existsSync(path)) throw new StoreError(`${resolve(path)} is not there. Is DATABASE_URL that of the connector?`);
  return SqliteStore.open({ file: path, waitMs: 0 });
}

/** Copies an embedded database that no connector has open; returns its bytes. Throws StoreError. */
export async function backUpClosed(path: string, copy: string): Promise<number> {
  if (!existsSync(path)) throw new StoreError(`${resolve(path)} is not there. Is DATABASE_URL that of the connector?`);
  const store = await SqliteStore.open({ file: path, waitMs: 0 });
  try {
    return await store.backUp(copy);
  } finally {
    await store.close();
  }
}

async function openFile(file: string, machine: Machine): Promise<Opened> {
  const store = await SqliteStore.open({ file });
  const { blobs, inbox } = store;
  const backUp = (copy: string) => store.backUp(copy);
  const close = () => store.close();
  return { store, blobs, inbox, ownership: soleOwner, time: machine, backUp, retire: async () => {}, close };
}

async function openShared(url: string, machine: Machine): Promise<Opened> {
  const { store, ownership } = await openPostgres({ url, machine });
  const close = async () => {
    await ownership.close();
    await store.close();
  };
  return {
    store,
    blobs: store.blobs,
    inbox: store.inbox,
    ownership,
    time: ownership.time,
    retire: () => ownership.retire(),
    close,
  };
}
