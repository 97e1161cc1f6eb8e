import type { Texts } from '../../texts/texts';

/** The part of a Bot Framework activity that says what the employee sees. */
export interface MessageBody {
  readonly type: 'message';
  readonly text?: string;
  readonly textFormat?: 'plain' | 'markdown' | 'xml';
  readonly attachments?: readonly Attachment[];
  readonly attachmentLayout?: 'list' | 'carousel';
  readonly suggestedActions?: Readonly<Record<string, unknown>>;
  /** What a notification says of a message. */
  readonly summary?: string;
  readonly channelData?: { readonly notification: { readonly alert: boolean } };
  readonly [key: string]: unknown;
}

export interface Attachment {
  readonly contentType: string;
  readonly content?: unknown;
  readonly contentUrl?: string;
  readonly name?: string;
  readonly thumbnailUrl?: string;
}

/** The words of the connector in the employee's language. */
export interface Wording {
  readonly locale: string | undefined;
  /** IANA name of the employee's. */
  readonly timezone?: string;
  readonly texts: Texts;
}

export const heroCard = 'application/vnd.microsoft.card.hero';
export const adaptiveCard = 'application/vnd.microsoft.card.adaptive';

/** A message of text alone. */
export function textMessage(text: string): MessageBody {
  return { type: 'message', textFormat: 'markdown', text };
}
