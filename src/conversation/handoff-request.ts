/** What the assistant, or the employee, asked for when a live agent was wanted. */
export interface HandoffRequest {
  readonly reason?: string;
  readonly summary?: string;
  /** Alias of a queue, a key of `SERVICENOW_QUEUES`; absent means the default queue. */
  readonly queue?: string;
  /** What the target is called in words to the employee. */
  readonly title?: string;
  /** Keys the connector does not know; kept for exports. */
  readonly fields?: Readonly<Record<string, unknown>>;
}
