import { z } from 'zod';
import type { FileTarget } from '../../conversation/file-target';
import type { IncomingActivity } from '../activity';

/** What the employee answered to the offer of a file. */
export interface Consent {
  /** The same for every delivery of one answer: repeats can carry new ids. */
  readonly name: string;
  /** ServiceNow's id of the file, as the offer carried it. */
  readonly file: string;
  /** Absent: the file is declined. */
  readonly target?: FileTarget;
}

const shape = z.looseObject({
  type: z.literal('fileUpload'),
  action: z.enum(['accept', 'decline']),
  context: z.looseObject({ file: z.string().min(1).max(100) }),
  uploadInfo: z
    .looseObject({
      uploadUrl: z.string().min(1),
      contentUrl: z.string().min(1),
      name: z.string().nullish(),
      uniqueId: z.string().nullish(),
      fileType: z.string().nullish(),
    })
    .nullish(),
});

/** The answer in an invoke; `undefined` for every invoke that is none. */
export function consentOf(activity: IncomingActivity): Consent | undefined {
  if (activity.name !== 'fileConsent/invoke') return undefined;
  const answer = shape.safeParse(activity.value).data;
  if (!answer || (answer.action === 'accept' && !answer.uploadInfo)) return undefined;
  const { action, context, uploadInfo } = answer;
  const { conversation, from } = activity;
  const name = `consent ${conversation?.id} ${from?.id} ${action} ${context.file}`;
  return { name, file: context.file, ...(action === 'accept' && uploadInfo ? { target: targetOf(uploadInfo) } : {}) };
}

function targetOf(info: NonNullable<z.infer<typeof shape>['uploadInfo']>): FileTarget {
  const { uploadUrl, contentUrl, name, uniqueId, fileType } = info;
  const known = { ...(name ? { name } : {}), ...(uniqueId ? { uniqueId } : {}), ...(fileType ? { fileType } : {}) };
  return { uploadUrl, contentUrl, ...known };
}
