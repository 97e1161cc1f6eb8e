/** Why a chat is over. */
export type CloseReason =
  | 'user'
  | 'agent'
  | 'error'
  | 'nobody_came'
  | 'nobody_wrote'
  | 'uninstalled'
  | 'employee_unreachable'
  /** Somebody who runs the connector ended it. */
  | 'operator';

/** An agent was there; the name, where it is known. */
export interface MetAgent {
  readonly name?: string;
}

/** How content the employee is, from 1 to 5. */
export type Rating = 1 | 2 | 3 | 4 | 5;
