import type { ChatId, FileId } from './ids';

/** A file that the employee sent, before anybody looked at it. */
export interface FileRef {
  readonly id: FileId;
  /** Fit to be shown and to be a file's name: no path, no control characters, not endless. */
  readonly name: string;
  /** What Teams says that it is; may be as wide as `image/*`, and may be wrong. */
  readonly type?: string;
  /** Where the bytes are. `service`: at Teams' own service, which wants the bot's token; `download`: anywhere else, and never with the token. */
  readonly source: { readonly at: 'service' | 'download'; readonly url: string };
  /** Where a person can open it, with rights of their own. */
  readonly link?: string;
  /** Its bytes are kept here until the agent has them. */
  readonly stored?: StoredFile;
}

/** What the bytes themselves say. */
export interface StoredFile {
  /** With the ending that belongs to what it is, where it had none. */
  readonly name: string;
  readonly type: string;
  /** Bytes. */
  readonly size: number;
  /** SHA-256, in lower-case hexadecimal digits. */
  readonly hash: string;
}

/** A file that an agent put into the thread. */
export interface AgentFile {
  /** ServiceNow's id of it. */
  readonly id: string;
  readonly name: string;
  readonly type?: string;
  /** Bytes. */
  readonly size?: number;
}

/** A file of an agent's that the employee can accept. */
export interface FileOffer {
  readonly file: AgentFile;
  readonly chat: ChatId;
  /** It was accepted, and is on its way. */
  readonly taken?: true;
}
