import { readFileSync, statSync } from 'node:fs';

/** Reads a file as text; throws when it cannot. */
export type ReadFile = (path: string) => string;

/** Read, write and run for whoever is neither the owner nor of the group. */
const everybody = 0o007;

/** The file's text without the line end behind it. Throws an error with code `EVERYBODY` where others than its owner and group may open it. */
export function readSecretFile(path: string): string {
  const isOpen = process.platform !== 'win32' && (statSync(path).mode & everybody) !== 0;
  if (isOpen) throw Object.assign(new Error('not private'), { code: 'EVERYBODY' });
  return readFileSync(path, 'utf8');
}

/** What is wrong with a secret's file, as the admin is told. */
export function secretFileProblem(name: string, path: string, error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
  if (code === 'EVERYBODY')
    return `${name}_FILE names ${path}, which everybody may open; it should have mode 0440 or 0400`;
  return `${name}_FILE names ${path}, which cannot be read (${code}); it should be a file that holds the secret`;
}

/**
 * A secret as it stands in its file now: it may be replaced while the process runs. A file that is gone, empty or open to everybody for the
 * moment changes nothing.
 */
export function secretNow(path: string, readFile: ReadFile, first: string): () => string {
  let last = first;
  return () => {
    try {
      last = withoutLineEnd(readFile(path)) || last;
    } catch {
      // It is being replaced, or has been taken away: what was good goes on until there is something new.
    }
    return last;
  };
}

export function withoutLineEnd(text: string): string {
  return text.replace(/\r?\n$/, '');
}
