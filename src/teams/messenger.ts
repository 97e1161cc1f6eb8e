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

  async show(to: Recipient, content: Content, options: { readonly repeat: boolean }, _: CallContext): Promise<void> {
    if (isEmpty(content)) return;
    const { locale } = to.user;
    const message = renderContent(content, { locale, texts: this.parts.texts, repeat: options.repeat });
    await this.post(to.reference, { ...message, locale }, 'a message');
  }

  async typing({ reference }: Recipient): Promise<void> {
    try {
      await this.post(reference, { type: 'typing' }, 'a typing sign');
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

  private async post(
    reference: ConversationReference,
    message: Readonly<Record<string, unknown>>,
    operation: string,
  ): Promise<void> {
    const { serviceUrl, conversationId, tenantId, channelId, bot, user } = reference;
    const conversation = { id: conversationId, ...(tenantId === '' ? {} : { tenantId }) };
    const recipient = { id: user.id, ...(user.name === undefined ? {} : { name: user.name }) };
    const body = { ...message, channelId, from: bot, recipient, conversation };
    const path = ['v3', 'conversations', conversationId, 'activities'];
    const answer = await callConnector(this.parts, { method: 'POST', serviceUrl, path, body, operation });
    if (answer.text.trim() !== '') readJson('teams', answer, sentShape, operation);
  }
}

/** A guest's sign-in name is no address that anybody knows them by. */
function profileOf(member: z.infer<typeof memberShape>): { name?: string; email?: string } {
  const { name, email, userPrincipalName } = member;
  const address = [email, userPrincipalName].find((text) => text?.includes('@') && !text.includes('#EXT#'));
  return { ...(name ? { name } : {}), ...(address ? { email: address } : {}) };
}
