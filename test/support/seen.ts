/** One message as it stands in the employee's chat. */
export interface SeenMessage {
  readonly conversation: string;
  /** What a person reads: the mark-up taken away, cards read out. */
  readonly text: string;
  readonly buttons: readonly SeenButton[];
  /** The activity itself, as it came. */
  readonly activity: Readonly<Record<string, unknown>>;
  readonly at: number;
}

export interface SeenButton {
  readonly title: string;
  /** What comes back when it is clicked. */
  readonly text?: string;
  readonly value?: unknown;
  readonly url?: string;
}

type Json = Readonly<Record<string, unknown>>;

export function seenMessage(conversation: string, activity: Json, at: number): SeenMessage {
  const cards = list(activity.attachments).map((attachment) => (attachment.content ?? {}) as Json);
  const words = [plain(String(activity.text ?? '')), ...cards.flatMap(cardWords)];
  const text = words.filter((line) => line !== '').join('\n');
  return { conversation, text, buttons: cards.flatMap(cardButtons), activity, at };
}

/** Markdown as a person reads it. */
function plain(markdown: string): string {
  return markdown
    .replace(/ {2}\n/g, '\n')
    .replace(/\*\*((?:\\.|[^*\\])+)\*\*/g, '$1')
    .replace(/\\([\\`*_[\]#~|.)+=-])/g, '$1')
    .replace(/\u00a0/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim();
}

function cardWords(card: Json): string[] {
  const blocks = list(card.body).filter((block) => block.type === 'TextBlock');
  return [card.title, card.subtitle, card.text, ...blocks.map((block) => block.text)]
    .filter((words) => typeof words === 'string')
    .map((words) => plain(words as string));
}

function cardButtons(card: Json): SeenButton[] {
  const actions = [
    ...list(card.buttons),
    ...list(card.actions),
    ...list(card.body).flatMap((block) => list(block.actions)),
  ];
  return actions.map((action) => {
    const data = action.data as { msteams?: Json } | undefined;
    const { text, value } = data ? { text: data.msteams?.text, value: data } : action;
    const url = action.url ?? (action.type === 'openUrl' ? action.value : undefined);
    return {
      title: String(action.title),
      ...(typeof text === 'string' ? { text } : {}),
      ...(url === undefined ? { value } : { url: String(url) }),
    };
  });
}

function list(value: unknown): Json[] {
  return Array.isArray(value) ? value : [];
}
