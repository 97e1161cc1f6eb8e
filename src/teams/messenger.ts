import { z } from 'zod';
import type { Content } from '../conversation/content';
import { ApiFailure } from '../conversation/failures';
import type { ConversationReference } from '../conversation/types';
import type { CallContext, Messenger, Recipient } from '../engine/ports';
import type { Texts } from '../texts/texts';
import { readJson } from '../upstream/answers';
import { type ConnectorParts, callConnector } from './connector';
import { isEmpty, renderContent } from './render/render';

export interface MessengerParts extends ConnectorParts {
  readonly texts: Texts;
}

const sentShape = z.looseObject({ id: z.string().nullish() });
const memberShape = z.looseObject({
  name: z.string().nullish(),
  email: z.string().nullish(),
  userPrincipalName: z.string().nullish(),
});

/** The way to the employee: plain calls to the address that their own last message named. */
export class TeamsMessenger implements Messenger {
  constructor(private readonly parts: MessengerParts) {}

  async show(
    to: Recipient,
    content: Content,
    options: { readonly repeat: boolean },
    _: CallContext,
  ): Promise<string | undefined> {
    if (isEmpty(content)) return undefined;
    const { locale, timezone } = to.user;
    const message = renderContent(content, { locale, timezone, texts: this.parts.texts, repeat: options.repeat });
    const about = content.kind === 'notice' && content.replyTo !== undefined ? { replyToId: content.replyTo } : {};
    return this.send(to.reference, { ...message, ...about, locale }, 'a message');
  }

  async update(to: Recipient, activity: string, content: Content, _: CallContext): Promise<void> {
    const { locale } = to.user;
    const message = renderContent(content, { locale, texts: this.parts.texts, repeat: false });
    await this.send(to.reference, { ...message, locale }, 'a change of a message', activity);
  }

  async typing({ reference }: Recipient): Promise<void> {
    try {
      await this.send(reference, { type: 'typing' }, 'a typing sign');
    } catch {
      // A sign that is missing tells nobody anything wrong.
    }
  }

  async profile(
    reference: ConversationReference,
    _: CallContext,
  ): Promise<{ name?: string; email?: string } | undefined> {
    const { serviceUrl, conversationId, user } = reference;
    const path = ['v3', 'conversations', conversationId, 'members', user.id];
    try {
      const answer = await callConnector(this.parts, { method: 'GET', serviceUrl, path, operation: 'a profile' });
      return profileOf(readJson('teams', answer, memberShape, 'a profile'));
    } catch (error) {
      if (error instanceof ApiFailure && (error.kind === 'not_found' || error.kind === 'refused')) return undefined;
      throw error;
    }
  }

  /** A new message, or, with the id of one, that message anew. */
  private async send(
    reference: ConversationReference,
    message: Readonly<Record<string, unknown>>,
    operation: string,
    activity?: string,
  ): Promise<string | undefined> {
    const { serviceUrl, conversationId, tenantId, channelId, bot, user } = reference;
    const conversation = { id: conversationId, ...(tenantId === '' ? {} : { tenantId }) };
    const recipient = { id: user.id, ...(user.name === undefined ? {} : { name: user.name }) };
    const body = { ...message, channelId, from: bot, recipient, conversation };
    const path = ['v3', 'conversations', conversationId, 'activities', ...(activity === undefined ? [] : [activity])];
    const method = activity === undefined ? 'POST' : 'PUT';
    const answer = await callConnector(this.parts, { method, serviceUrl, path, body, operation });
    if (answer.text.trim() === '') return undefined;
    return readJson('teams', answer, sentShape, operation).id ?? undefined;
  }
}

/** A guest's sign-in name is no address that anybody knows them by. */
function profileOf(member: z.infer<typeof memberShape>): { name?: string; email?: string } {
  const { name, email, userPrincipalName } = member;
  const address = [email, userPrincipalName].find((text) => text?.includes('@') && !text.includes('#EXT#'));
  return { ...(name ? { name } : {}), ...(address ? { email: address } : {}) };
}
