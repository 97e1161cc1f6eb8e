/** Turns text around, or is not seen at all; what joins letters and emoji stays. */
const unseen = /[\p{Cc}\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;

/** Text without what hides in it, turns it around or breaks it; its lines end in one way. */
export function clean(text: string): string {
  return text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(unseen, (mark) => (mark === '\n' || mark === '\t' ? mark : ''))
    .replace(/\p{Cs}/gu, '\ufffd');
}

/** The same for a word or a name within a line. */
export function cleanInline(text: string): string {
  return clean(text).replace(/\s+/g, ' ').trim();
}
