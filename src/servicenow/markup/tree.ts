/** A stretch of words within a line; nothing stands within another, so that there is no depth to bound. */
export type Run =
  | { readonly kind: 'words'; readonly text: string; readonly strong?: boolean; readonly emphasis?: boolean }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'mention'; readonly name: string }
  /** `address` is absolute and leads to the web or to mail. */
  | { readonly kind: 'link'; readonly text: string; readonly address: string };

/** What a line is. A line of code keeps its blanks; an item without a number has a bullet. */
export type Block =
  | { readonly kind: 'words' | 'code' }
  | { readonly kind: 'item'; readonly depth: number; readonly number?: number };

/** One line of what somebody wrote; `quoted` counts how deep it is quoted. */
export interface Line {
  readonly block: Block;
  readonly quoted: number;
  readonly runs: readonly Run[];
}

/** A link object of a row; mark-up can name it by its id. */
export interface Link {
  readonly sys_id?: string;
  readonly url?: string;
  readonly title?: string;
}

/** What an agent's words are read with. */
export interface Reading {
  readonly links?: readonly Link[];
  /** Address of the instance; without it, addresses within the instance are words. */
  readonly instance?: string;
  /** What stands for a page of the instance that does not tell its name. */
  readonly titles?: Titles;
}

/** Names for what has none. */
export interface Titles {
  readonly record: string;
  readonly article: string;
  readonly image: string;
}

export const englishTitles: Titles = {
  record: 'record in ServiceNow',
  article: 'article in ServiceNow',
  image: 'image',
};

/** The same words with other letters; for what is told by letters alone. */
export function lettersOf(run: Run): string {
  switch (run.kind) {
    case 'mention':
      return `@${run.name}`;
    case 'words':
    case 'code':
    case 'link':
      return run.text;
  }
}
