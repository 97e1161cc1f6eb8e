/** Bytes that are kept until they are delivered: files on their way. What was put survives SIGKILL. */
export interface Blobs {
  /** The same id again replaces what was there. */
  put(id: string, bytes: Uint8Array): Promise<void>;
  /** The whole of it, or `undefined`: a put that did not come to its end left nothing. */
  get(id: string): Promise<Uint8Array | undefined>;
  /** It does not matter whether it is there. */
  drop(id: string): Promise<void>;
  /** How much is kept. */
  size(): Promise<{ readonly count: number; readonly bytes: number }>;
}
