import type { Activity } from 'botbuilder';
import { z } from 'zod';

const longestId = 2_000;
/** An id that can stand in a key and in an address: not empty, not endless, no half characters, no step in a path. */
const id = z
  .string()
  .min(1)
  .max(longestId)
  .regex(/^(?!\.{1,2}$)[^\p{Cs}]*$/u);

const account = z.looseObject({
  id: id.nullish(),
  name: z.string().nullish(),
  aadObjectId: z.string().nullish(),
});

const anyActivity = z.looseObject({
  type: z.string().min(1),
  id: id.nullish(),
  serviceUrl: z.string().nullish(),
  channelId: z.string().nullish(),
  conversation: z
    .looseObject({
      id: id.nullish(),
      conversationType: z.string().nullish(),
      isGroup: z.boolean().nullish(),
      tenantId: z.string().nullish(),
    })
    .nullish(),
  from: account.nullish(),
  recipient: account.nullish(),
  text: z.string().nullish(),
  locale: z.string().nullish(),
  localTimezone: z.string().nullish(),
  name: z.string().nullish(),
  action: z.string().nullish(),
  replyToId: z.string().nullish(),
  deliveryMode: z.string().nullish(),
  value: z.unknown().optional(),
  channelData: z.unknown().optional(),
  entities: z.array(z.looseObject({})).nullish(),
  attachments: z.array(z.looseObject({})).nullish(),
  membersAdded: z.array(account).nullish(),
});

/** Types of activities that say something for an employee, and must therefore tell who, where and which. */
const spoken: ReadonlySet<string> = new Set(['message', 'invoke']);

const activityShape = anyActivity.refine(
  (activity) => !spoken.has(activity.type) || Boolean(activity.conversation?.id && activity.from?.id && activity.id),
  'a message needs an id, a conversation and a sender',
);

/** What the connector reads of an activity. */
export type IncomingActivity = z.infer<typeof activityShape>;

/** The body of a request as an activity; `undefined` when it is none. */
export function readActivity(body: unknown): IncomingActivity | undefined {
  const parsed = activityShape.safeParse(body);
  return parsed.success ? parsed.data : undefined;
}

/** The SDK's type promises more than the wire: what was read is what there is. */
export function asActivity(activity: IncomingActivity): Activity {
  return activity as unknown as Activity;
}

/** An activity that the SDK hands back is the one that was read from the wire. */
export function asIncoming(activity: Activity): IncomingActivity {
  return activity as unknown as IncomingActivity;
}
