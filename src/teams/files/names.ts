const longestName = 120;
const longestEnding = 12;

/**
 * A name that can be shown and stored: what a path leads through is left out, as are characters that nobody sees or that turn the
 * direction of writing, which make `photo‮gpj.exe` of a program. Never empty.
 */
export function safeName(name: string): string {
  const last = name.normalize('NFC').split(/[\\/]/).at(-1) ?? '';
  const plain = last
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  return shortened(plain) || 'file';
}

/** The ending that says what a file is, in lower case and without its dot; empty where there is none. */
export function endingOf(name: string): string {
  const [, ending = ''] = /\.([^.\s]+)$/.exec(name) ?? [];
  return ending.length <= longestEnding ? ending.toLowerCase() : '';
}

/** A long name keeps its beginning and its ending. */
function shortened(name: string): string {
  const characters = [...name];
  if (characters.length <= longestName) return name;
  const ending = endingOf(name);
  const tail = ending === '' ? '' : `.${ending}`;
  return `${characters
    .slice(0, longestName - tail.length - 1)
    .join('')
    .trimEnd()}…${tail}`;
}
