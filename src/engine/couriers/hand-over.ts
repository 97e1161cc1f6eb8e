import type { Content } from '../../conversation/content';
import type { Effect } from '../../conversation/effects';
import { ApiFailure } from '../../conversation/failures';
import { isTranscript } from '../../conversation/transcript';
import type { AgentFile } from '../../conversation/types';
import { type Courier, type CourierParts, done, type FileParts } from './courier';
import type { InSlot } from './file-slots';
import { transcriptOf } from './transcript';

type HandOver = Extract<Effect, { type: 'hand_over' }>;
type Parts = CourierParts & { readonly inSlot: InSlot };

const mostBytes = 25_000_000;
/** Teams shows pictures of this size inside a message. */
const mostOfPicture = 1_000_000;
const pictures: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif']);

/** Brings a file from the thread, or what was said as one, to where the employee allowed it. What may have been brought is brought again: it replaces itself. */
export function handOverCourier(parts: Parts): Courier<HandOver> {
  const { files, clock, inSlot } = parts;
  return {
    async carry(errand) {
      const { effect, entry } = errand;
      const context = { correlation: entry.correlation };
      const outcome = await inSlot(async () => {
        const bytes = isTranscript(effect.file)
          ? await transcriptOf(parts, errand)
          : await files?.desk.download(effect.file, mostBytes, context);
        return bytes && files?.share.put(effect.target, bytes, context);
      });
      const at = clock.now();
      // A place that is gone after an attempt in doubt was filled by it.
      if (outcome === 'put' || (outcome === 'gone' && entry.doubts > 0))
        return done([{ type: 'file_handed_over', effect, at }]);
      return {
        events: [{ type: 'hand_over_failed', effect, at }],
        outcome: 'given_up',
        detail: outcome ?? 'not_carried',
      };
    },
    giveUp: ({ effect }, _failure, at) => [{ type: 'hand_over_failed', effect, at }],
  };
}

/**
 * A file of an agent's as it is shown: a small picture with its bytes, which are fetched now; anything else as an offer. A picture
 * that cannot be had just now is offered too: the agent's other words do not wait for it.
 */
export async function withPicture(
  content: Content,
  files: FileParts | undefined,
  context: { readonly correlation: string },
): Promise<Content> {
  if (content.kind !== 'file') return content;
  const { name, row, file } = content;
  if (!files) return { kind: 'agent', name, row, text: `File: ${file.name}` };
  if (!isSmallPicture(file)) return content;
  try {
    const bytes = Buffer.from(await files.desk.download(file, mostOfPicture, context));
    const type = typeOfPicture(bytes);
    return type === undefined ? content : { ...content, picture: `data:${type};base64,${bytes.toString('base64')}` };
  } catch (error) {
    if (error instanceof ApiFailure) return content;
    throw error;
  }
}

function isSmallPicture({ type = '', size = 0 }: AgentFile): boolean {
  return pictures.has(type.toLowerCase()) && size <= mostOfPicture;
}

/** By its first bytes; what only says that it is a picture is none. */
function typeOfPicture(bytes: Buffer): string | undefined {
  const head = bytes.subarray(0, 8).toString('latin1');
  if (head.startsWith('\x89PNG\r\n')) return 'image/png';
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  return head.startsWith('GIF8') ? 'image/gif' : undefined;
}
