import { z } from 'zod';

/** A text, or what the documentation shows as a number or a flag in one place and as a text in another. */
const loose = z.union([z.string(), z.number(), z.boolean()]).transform(String).optional().catch(undefined);
const flag = z
  .union([z.boolean(), z.string()])
  .transform((value) => value === true || value === 'true')
  .optional()
  .catch(undefined);

export const option = z.looseObject({ label: loose, value: loose, description: loose });
const agentInfo = z.looseObject({ sentFromAgent: flag, agentName: loose }).optional().catch(undefined);

/** One thing that the platform says. What this version does not know is kept, too. */
export const item = z.looseObject({
  uiType: z.string().default('').catch(''),
  actionType: loose,
  spinnerType: loose,
  value: z.unknown().optional(),
  label: loose,
  message: loose,
  promptMsg: loose,
  header: loose,
  content: loose,
  altText: loose,
  waitTime: loose,
  navigationBtnLabel: loose,
  templateName: loose,
  data: z.unknown().optional(),
  options: z.array(option).optional().catch(undefined),
  values: z
    .array(z.looseObject({ label: loose, action: loose, description: loose }))
    .optional()
    .catch(undefined),
  links: z.array(z.unknown()).optional().catch(undefined),
  required: flag,
  agentInfo,
  messageId: loose,
});

/** A callback, as liberal as the documentation contradicts itself (`body` an array or one object, a score that is a text). */
export const callback = z.looseObject({
  requestId: loose,
  clientSessionId: loose,
  userId: loose,
  clientVariables: z.looseObject({ chat: loose }).optional().catch(undefined),
  body: z.union([z.array(item), item.transform((one) => [one])]).default([]),
  agentChat: flag,
  completed: flag,
  takeControl: flag,
  interactionId: loose,
});

/** What is kept of a callback for one of its items. */
export const kept = z.object({
  request: z.string().optional(),
  item: item.optional(),
  /** The platform says that it came while an agent is there. */
  withAgent: z.literal(true).optional(),
  completed: z.literal(true).optional(),
  takeControl: z.literal(true).optional(),
});

export const uploaded = z.looseObject({ mediaUrl: z.string().min(1), state: z.string().optional() });

export type Item = z.infer<typeof item>;
export type Callback = z.infer<typeof callback>;
export type Kept = z.infer<typeof kept>;
