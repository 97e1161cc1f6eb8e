import type { Effect } from '../../conversation/effects';
import { ApiFailure } from '../../conversation/failures';
import type { FileRefusal } from '../../conversation/file-refusal';
import type { ConversationKey, FileId, FileRef, StoredFile } from '../../conversation/types';
import { type Courier, type CourierParts, done, type Errand, type FileParts, type Outcome } from './courier';
import type { InSlot } from './file-slots';
import { boundRows } from './post';

type Fetch = Extract<Effect, { type: 'fetch' }>;
type Attach = Extract<Effect, { type: 'attach' }>;
type Discard = Extract<Effect, { type: 'discard' }>;
type Parts = CourierParts & { readonly inSlot: InSlot };

/** Bytes that are kept for all conversations together; more wait at Teams. */
const mostKept = 500_000_000;

/**
 * Fetches a file and keeps it until it is delivered. That it is kept and that this is known are one settled step; what a process
 * that died had kept already is not fetched again.
 */
export function fetchCourier({ files, clock, inSlot }: Parts): Courier<Fetch> {
  return {
    async carry(errand) {
      const { effect, entry, conversation } = errand;
      if (!files) return refused(errand, 'unavailable', clock);
      const id = blobId(conversation.key, effect.file.id);
      const context = { correlation: entry.correlation };
      const found = await inSlot(
        async () => (await lookAtKept(files, id, effect.file)) ?? keep(files, id, effect.file, context),
      );
      if (typeof found === 'string') return refused(errand, found, clock);
      return done([{ type: 'file_fetched', effect, stored: found, at: clock.now() }], `${found.size} bytes`);
    },
    giveUp: ({ effect }, _failure, at) => [{ type: 'file_refused', effect, reason: 'unavailable', at }],
  };
}

function refused({ effect }: Errand<Fetch>, reason: FileRefusal, clock: CourierParts['clock']): Outcome {
  return { events: [{ type: 'file_refused', effect, reason, at: clock.now() }], outcome: 'given_up', detail: reason };
}

async function lookAtKept({ share, blobs }: FileParts, id: string, file: FileRef) {
  const bytes = await blobs.get(id);
  return bytes && share.look(file, bytes);
}

async function keep(
  { share, blobs }: FileParts,
  id: string,
  file: FileRef,
  context: { readonly correlation: string },
): Promise<StoredFile | FileRefusal> {
  const kept = await blobs.size();
  if (kept.bytes >= mostKept) throw noRoom();
  const fetched = await share.fetch(file, context);
  if (typeof fetched === 'string') return fetched;
  await blobs.put(id, fetched.bytes);
  return fetched.stored;
}

function noRoom(): ApiFailure {
  const message = 'connector: too many files are on their way; this one waits';
  return new ApiFailure({ upstream: 'connector', kind: 'throttled', certain: true, message });
}

/** Puts a kept file into the chat's thread, once: after a lost answer our own row is looked for before it is put there again. */
export function attachCourier(parts: Parts): Courier<Attach> {
  const { files, clock, inSlot } = parts;
  return {
    async carry(errand) {
      const { effect, entry, conversation } = errand;
      const { chat, file } = effect;
      if (!files) return failed(errand, 'not_carried', clock);
      const context = { correlation: entry.correlation };
      const request = { chat, file, isRepeat: errand.inDoubt || entry.attempts > 1 };
      const bound = boundRows(conversation, chat.id);
      try {
        const found = errand.inDoubt ? await files.desk.findAttached(request, bound, context) : undefined;
        if (found !== undefined) return attached(errand, found, clock);
        return await inSlot(async () => {
          const bytes = await files.blobs.get(blobId(conversation.key, file.id));
          if (!bytes) return failed(errand, 'not_kept', clock);
          return attached(errand, await files.desk.attach(request, bytes, context), clock);
        });
      } catch (error) {
        return await whenRefused(parts, errand, error);
      }
    },
    giveUp: ({ effect, entry }, { certain }, at) => {
      const doubt = certain && entry.doubts === 0 ? {} : { inDoubt: true as const };
      return [{ type: 'attach_failed', effect, ...doubt, ended: false, at }];
    },
  };
}

function attached(
  { effect }: Errand<Attach>,
  row: Awaited<ReturnType<FileParts['desk']['attach']>>,
  clock: CourierParts['clock'],
) {
  return done([{ type: 'file_attached', effect, row, at: clock.now() }], row);
}

function failed({ effect }: Errand<Attach>, detail: string, clock: CourierParts['clock'], ended = false): Outcome {
  return { events: [{ type: 'attach_failed', effect, ended, at: clock.now() }], outcome: 'given_up', detail };
}

/** ServiceNow will not take the file: the chat may be over, which the queue knows. */
async function whenRefused({ desk, clock }: Parts, errand: Errand<Attach>, error: unknown): Promise<Outcome> {
  const isAnswer = error instanceof ApiFailure && (error.kind === 'refused' || error.kind === 'not_found');
  if (!isAnswer) throw error;
  const asked = await desk.state(errand.effect.chat, { correlation: errand.entry.correlation });
  return failed(errand, error.kind, clock, asked?.state === 'ended');
}

/** Forgets the bytes of a file that is delivered, or that nobody waits for any more. */
export function discardCourier({ files }: CourierParts): Courier<Discard> {
  return {
    async carry({ effect, conversation }) {
      await files?.blobs.drop(blobId(conversation.key, effect.file));
      return done();
    },
    giveUp: () => [],
  };
}

/** The name under which a file is kept: unique over all conversations. */
export function blobId(key: ConversationKey, file: FileId): string {
  return `${key}\n${file}`;
}
