import { inDoubtSinceBackup } from '../conversation/put-back';
import type { ConversationKey, Instant } from '../conversation/types';
import type { Revised, Revision } from './parts';
import type { Clock, Log } from './ports';
import type { ConversationStore } from './store';

export interface BackupParts {
  readonly store: ConversationStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly revise: (key: ConversationKey, revision: Revision) => Promise<Revised>;
}

/** Conversations that are asked for at once. */
const pageSize = 500;
const anyTime = Number.MAX_SAFE_INTEGER as Instant;

/**
 * If the store was put back from a backup, all that is under way in it is taken for something that may have happened, before anything is
 * done about it. The store forgets that it was put back only after that, so that a start that is cut off is made up for by the next one.
 */
export async function doubtAfterBackup({ store, clock, log, revise }: BackupParts): Promise<void> {
  if (!(await store.wasPutBack())) return;
  const keys = new Set((await store.watched()).map(({ key }) => key));
  for await (const key of waiting(store)) keys.add(key);
  log.warn('store_was_put_back', { conversations: keys.size });
  for (const key of keys) {
    await revise(key, ({ conversation, effects, outbox }) => {
      const doubted = inDoubtSinceBackup({ conversation, pending: outbox });
      return { ...doubted, effects, settle: [], lines: [], at: clock.now() };
    });
  }
  await store.acceptPutBack();
}

async function* waiting(store: ConversationStore): AsyncIterable<ConversationKey> {
  let page = await store.due(anyTime, pageSize);
  while (page.length > 0) {
    yield* page;
    page = await store.due(anyTime, pageSize, page.at(-1));
  }
}
