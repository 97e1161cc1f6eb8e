/** When a help desk opens next, and where its clock is. */
export interface Opening {
  /** Epoch milliseconds. */
  readonly at: number;
  /** IANA name, such as `Europe/Berlin`. */
  readonly zone: string;
}
