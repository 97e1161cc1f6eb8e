/** What is passed on of the employee's files. */
export interface FileLimits {
  /** Bytes of one file. */
  readonly mostBytes: number;
  /** From connect to last byte of one file, milliseconds. */
  readonly timeoutMs: number;
}

export const fileLimits: FileLimits = { mostBytes: 25_000_000, timeoutMs: 60_000 };
