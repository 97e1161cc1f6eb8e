/** One of the small pictures that people put under a message. */
export interface Reaction {
  /** What Teams calls it, without codes: `like`, `eyes`. */
  readonly name: string;
  /** The character that looks like it, where one is known. */
  readonly emoji?: string;
}

const named: ReadonlyMap<string, string> = new Map([
  ['like', '👍'],
  ['plusOne', '👍'],
  ['heart', '❤️'],
  ['laugh', '😆'],
  ['surprised', '😮'],
  ['sad', '😢'],
  ['angry', '😡'],
  ['launch', '🚀'],
]);

/** Most reactions are called after their characters: `1f440_eyes`, with a skin `1f44b_wavinghand-tone3`. */
const coded = /^([0-9a-f]{4,5}(?:[-_][0-9a-f]{4,5})*)_(.+?)(?:-tone([1-5]))?$/i;
const firstTone = 0x1f3fb;
const longestName = 100;

/** What people see of a reaction that Teams calls `type`. */
export function readReaction(type: string): Reaction {
  const [, codes, name, tone] = coded.exec(type) ?? [];
  if (codes === undefined || name === undefined) return withEmoji(type, named.get(type));
  const points = codes.split(/[-_]/).map((code) => Number.parseInt(code, 16));
  return withEmoji(name, emojiOf(tone === undefined ? points : [...points, firstTone + Number(tone) - 1]));
}

function withEmoji(name: string, emoji: string | undefined): Reaction {
  const short = name.slice(0, longestName);
  return emoji === undefined ? { name: short } : { name: short, emoji };
}

/** Only characters that are pictures: a code that is none tells nothing. */
function emojiOf(points: readonly number[]): string | undefined {
  const text = String.fromCodePoint(...points);
  return /^(?:\p{Extended_Pictographic}|\p{Emoji_Component}|\u200d)+$/u.test(text) ? text : undefined;
}
