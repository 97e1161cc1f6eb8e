import type { CursorWindow } from './cursor';

/** What an admin can set about the story itself. Durations are milliseconds; 0 means never. */
export interface Rules extends CursorWindow {
  /** What an employee types to get a live agent, such as `/live_agent`; lower case. */
  readonly agentCommands: readonly string[];
  /** How ServiceNow says that a chat is over. */
  readonly closingPatterns: readonly RegExp[];
  readonly queueTimeoutMs: number;
  readonly idleTimeoutMs: number;
  /** After so long without a word of the employee's ServiceNow itself ends a chat that has an agent. */
  readonly cutOffMs: number;
  /** How long an operation on a chat may be retried before it ends the chat; 0: the first error does. */
  readonly retryBudgetMs: number;
  /** How long after its answer was lost, or its process died, a call to ServiceNow may still take effect: it is looked up then, and not before. */
  readonly lateEffectMs: number;
  /** Longest text of one Teams message and of one row in ServiceNow, in UTF-16 units. */
  readonly longestShown: number;
  readonly longestPosted: number;
  /** Whether a message can be left when nobody is there. */
  readonly takesMessages: boolean;
  /** Whether the assistant has words for the end of a chat. */
  readonly assistantGreets: boolean;
  /** For so long after a chat `I still need help` leads to one that follows it. */
  readonly reopenWithinMs: number;
  /** After so many silent or failed answers in a row an agent is offered. */
  readonly offerAgentAfter: number;
}

/** How long the employee waits at the most for the word that the chat is over, when leaving it takes long. */
export const longestGoodbyeMs = 5_000;

export const defaultRules: Rules = {
  agentCommands: ['/live_agent', '/agent'],
  closingPatterns: [/has closed the support session/i],
  cursorOverlapMs: 10_000,
  cursorLateMs: 900_000,
  queueTimeoutMs: 900_000,
  idleTimeoutMs: 1_800_000,
  cutOffMs: 0,
  retryBudgetMs: 60_000,
  lateEffectMs: 3_000,
  longestShown: 15_000,
  longestPosted: 4_000,
  takesMessages: false,
  assistantGreets: false,
  reopenWithinMs: 1_800_000,
  offerAgentAfter: 2,
};
