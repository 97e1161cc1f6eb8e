/** What the elements of HTML are to us; one that is in no list is its text. */
const elements = {
  strong: ['b', 'strong', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'th'],
  emphasis: ['i', 'em', 'cite', 'dfn', 'var'],
  code: ['code', 'kbd', 'samp', 'tt'],
  /** Stand on lines of their own; those of the second list with room around them. */
  block: [
    ...['div', 'section', 'article', 'header', 'footer', 'main', 'nav', 'aside', 'address', 'figure', 'figcaption'],
    ...['ul', 'ol', 'li', 'dl', 'dt', 'dd', 'tr', 'caption', 'form', 'fieldset', 'legend', 'option', 'hr', 'details'],
    ...['summary', 'center', 'tbody', 'thead', 'tfoot'],
  ],
  spaced: ['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table', 'pre', 'blockquote'],
  /** Not for people, or not words. */
  dropped: [
    ...['script', 'style', 'template', 'head', 'title', 'iframe', 'object', 'embed', 'applet', 'noembed'],
    ...['noframes', 'frameset', 'svg', 'math', 'audio', 'video', 'canvas', 'map'],
  ],
} as const satisfies Record<string, readonly string[]>;

type Kind = keyof typeof elements;

const kinds: ReadonlyMap<Kind, ReadonlySet<string>> = new Map(
  Object.entries(elements).map(([kind, names]) => [kind as Kind, new Set<string>(names)]),
);

export function isElement(kind: Kind, name: string): boolean {
  return kinds.get(kind)?.has(name) ?? false;
}

/** Whether an element is not seen on a page, with everything in it. */
export function isUnseen(name: string, { hidden, style = '' }: Readonly<Record<string, string>>): boolean {
  if (isElement('dropped', name) || hidden !== undefined) return true;
  return /(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)/i.test(style);
}
