import { z } from 'zod';
import type { Sender } from '../conversation/events';
import type { ConversationKey, ConversationReference, Employee } from '../conversation/types';
import type { IncomingActivity } from './activity';

const channelDataShape = z.looseObject({ tenant: z.looseObject({ id: z.string().nullish() }).nullish() });
const clientInfoShape = z.looseObject({
  type: z.literal('clientInfo'),
  locale: z.string().nullish(),
  timezone: z.string().nullish(),
  platform: z.string().nullish(),
});

const languageTag = /^[a-z]{2,3}([-_][a-z0-9]{1,8}){0,4}$/i;
const longestName = 200;

type Tenanted = Pick<IncomingActivity, 'conversation' | 'channelData'>;

/** The tenants that an activity names, each once. */
export function tenantsOf(activity: { conversation?: unknown; channelData?: unknown }): string[] {
  const { conversation, channelData } = activity as Tenanted;
  const fromData = channelDataShape.safeParse(channelData).data?.tenant?.id;
  return [
    ...new Set([conversation?.tenantId, fromData].filter((tenant) => typeof tenant === 'string' && tenant !== '')),
  ].map(String);
}

/** Who wrote an activity, and where an answer goes; `undefined` when it does not tell. */
export function senderOf(activity: IncomingActivity): (Sender & { readonly key: ConversationKey }) | undefined {
  const { conversation, from, serviceUrl } = activity;
  if (!conversation?.id || !from?.id || !serviceUrl) return undefined;
  const tenantId = tenantsOf(activity)[0] ?? '';
  return {
    key: conversationKey(tenantId, conversation.id, from.id),
    reference: referenceOf(activity, { tenantId, conversationId: conversation.id, userId: from.id, serviceUrl }),
    user: employeeOf(activity, from.id),
  };
}

/** One employee in one conversation in one tenant. No two triples have the same key. */
export function conversationKey(tenant: string, conversation: string, user: string): ConversationKey {
  return [tenant, conversation, user].map(encodeURIComponent).join('/') as ConversationKey;
}

function referenceOf(
  { channelId, recipient, from }: IncomingActivity,
  known: { tenantId: string; conversationId: string; userId: string; serviceUrl: string },
): ConversationReference {
  const { tenantId, conversationId, userId, serviceUrl } = known;
  return {
    tenantId,
    conversationId,
    channelId: channelId ?? 'msteams',
    serviceUrl,
    bot: { id: recipient?.id ?? '', ...named(recipient?.name) },
    user: { id: userId, ...(from?.aadObjectId ? { aadObjectId: from.aadObjectId } : {}), ...named(from?.name) },
  };
}

function employeeOf(activity: IncomingActivity, id: string): Employee {
  const { from, locale, localTimezone } = activity;
  const client = activity.entities?.map((entity) => clientInfoShape.safeParse(entity).data).find((info) => info);
  const timezone = localTimezone || client?.timezone;
  return {
    id,
    ...(from?.aadObjectId ? { aadObjectId: from.aadObjectId } : {}),
    name: (from?.name ?? '').slice(0, longestName),
    locale: [locale, client?.locale].find((tag) => tag && languageTag.test(tag)) ?? 'en-US',
    ...(timezone ? { timezone: timezone.slice(0, longestName) } : {}),
    ...(client?.platform ? { device: client.platform.slice(0, longestName) } : {}),
  };
}

function named(name: string | null | undefined): { name?: string } {
  return name ? { name: name.slice(0, longestName) } : {};
}
