import { z } from 'zod';
import type { FileId, FileRef } from '../../conversation/types';
import type { IncomingActivity } from '../activity';
import { safeName } from './names';

const uploaded = 'application/vnd.microsoft.teams.file.download.info';

/** A file from the employee's OneDrive: `contentUrl` is where a person opens it, `downloadUrl` where it can be fetched for a while. */
const uploadedShape = z.looseObject({
  contentType: z.literal(uploaded),
  contentUrl: z.string().nullish(),
  name: z.string().nullish(),
  content: z.looseObject({ downloadUrl: z.string().nullish(), fileType: z.string().nullish() }).nullish(),
});

/** A picture that was pasted into the words, or a recording. */
const pictureShape = z.looseObject({
  contentType: z.string().regex(/^(?:image|audio|video)\//i),
  contentUrl: z.string().nullish(),
  name: z.string().nullish(),
});

/**
 * The files of a message, in their order. Cards, and the words as HTML, are no files. One without an address is one all the same: it
 * will not be fetched, and so the employee hears of it.
 */
export function filesOf({ id, attachments }: IncomingActivity): FileRef[] {
  return (attachments ?? []).flatMap((attachment, index) => {
    const fileId = `${id ?? ''}#${index}` as FileId;
    return fileOf(fileId, attachment) ?? [];
  });
}

function fileOf(id: FileId, attachment: unknown): FileRef | undefined {
  const file = uploadedShape.safeParse(attachment).data;
  if (file) {
    const { name, contentUrl, content } = file;
    const link = linkOf(contentUrl);
    const source = { at: 'download', url: content?.downloadUrl ?? '' } as const;
    return { id, name: named(name, content?.fileType), source, ...(link === undefined ? {} : { link }) };
  }
  const picture = pictureShape.safeParse(attachment).data;
  if (!picture) return undefined;
  const { name, contentType, contentUrl } = picture;
  return {
    id,
    name: safeName(name || kindOf(contentType)),
    type: contentType,
    source: { at: 'service', url: contentUrl ?? '' },
  };
}

/** `image`, `audio` or `video`. */
function kindOf(contentType: string): string {
  return contentType.split('/')[0]?.toLowerCase() ?? 'file';
}

function named(name: string | null | undefined, fileType: string | null | undefined): string {
  const safe = safeName(name ?? 'file');
  return fileType && !safe.includes('.') ? safeName(`${safe}.${fileType}`) : safe;
}

/** Only what a person can open in a browser. */
function linkOf(address: string | null | undefined): string | undefined {
  if (!address || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  return url.protocol === 'https:' && url.username === '' ? url.href : undefined;
}
