import { type Attachment, adaptiveCard } from './message';

/** The newest version that Teams shows for bots. */
const newestVersion = '1.5';

export interface CardParts {
  readonly body: readonly object[];
  readonly actions?: readonly object[];
  /** What a client reads out, or shows where it cannot show the card. */
  readonly spoken: string;
}

/** A card of the connector's own. */
export function adaptive({ body, actions, spoken }: CardParts): Attachment {
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: newestVersion,
    body,
    ...(actions ? { actions } : {}),
    fallbackText: spoken,
    speak: spoken,
  };
  return { contentType: adaptiveCard, content };
}

/** An author's card, in a version that Teams shows: of a newer one it would show nothing, of an older one all that it holds. */
export function shownVersion(card: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const [major = 0, minor = 0] = String(card.version ?? '')
    .split('.')
    .map(Number);
  const isKnown = major < 1 || (major === 1 && minor <= 5);
  return isKnown ? card : { ...card, version: newestVersion };
}
