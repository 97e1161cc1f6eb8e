/** A button of a card, in Bot Framework's own shape. */
export interface CardAction {
  readonly type: 'messageBack' | 'imBack' | 'openUrl';
  readonly title: string;
  readonly value: unknown;
  readonly text?: string;
  readonly displayText?: string;
}

/** A hero card shows no more; others need an Adaptive Card. */
export const mostHeroButtons = 6;
const mostButtons = 60;
const longestTitle = 80;
const longestPayload = 2_000;

type Button = Readonly<Record<string, unknown>>;

/** The assistant's buttons as card buttons; what is no button is left out. */
export function cardActions(buttons: unknown): CardAction[] {
  if (!Array.isArray(buttons)) return [];
  return buttons.slice(0, mostButtons).flatMap((button) => {
    const action = isRecord(button) ? cardAction(button) : undefined;
    return action ? [action] : [];
  });
}

function cardAction(button: Button): CardAction | undefined {
  const title = shortTitle(button.title ?? button.text);
  if (title === '') return undefined;
  const address =
    webAddress(button.url) ?? (isLink(button.type) ? webAddress(button.value ?? button.payload) : undefined);
  if (address) return { type: 'openUrl', title, value: address };
  if (isLink(button.type)) return undefined;
  if (button.type === 'imBack' && typeof button.value === 'string') {
    return { type: 'imBack', title, value: button.value.slice(0, longestPayload) };
  }
  if (button.type === 'messageBack' && button.payload === undefined) return ownMessageBack(button, title);
  return click(title, payloadOf(button) ?? title);
}

/** A click says the title to people and the payload to the assistant. */
export function click(title: string, payload: string): CardAction {
  return { type: 'messageBack', title, displayText: title, text: payload, value: { rasaPayload: payload, title } };
}

/** A button that its author wrote for Bot Framework stays what it is. */
function ownMessageBack(button: Button, title: string): CardAction {
  const { text, displayText, value } = button;
  return {
    type: 'messageBack',
    title,
    value,
    ...(typeof text === 'string' ? { text } : {}),
    displayText: typeof displayText === 'string' ? displayText : title,
  };
}

function payloadOf({ payload, value }: Button): string | undefined {
  const given = payload ?? value;
  if (given === undefined || given === null) return undefined;
  return (typeof given === 'string' ? given : JSON.stringify(given)).slice(0, longestPayload);
}

function isLink(type: unknown): boolean {
  return type === 'web_url' || type === 'url' || type === 'openUrl';
}

function shortTitle(title: unknown): string {
  const text = typeof title === 'string' || typeof title === 'number' ? String(title).trim() : '';
  return text.length > longestTitle ? `${text.slice(0, longestTitle - 1)}…` : text;
}

/** A web address in its normal form; anything else is none. */
export function webAddress(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^https?:\/\//i.test(value.trim())) return undefined;
  try {
    return new URL(value.trim()).href;
  } catch {
    return undefined;
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
