import type { Rules } from './rules';

/** What an employee can tell the connector itself, beside talking. */
export type Command = 'end_chat' | 'restart' | 'live_agent';

/** The command that a text is, in any case and with blanks around it; a mention of the bot was taken out before. */
export function commandOf(text: string, rules: Rules): Command | undefined {
  const typed = text.trim().toLowerCase();
  if (typed === '/end_chat') return 'end_chat';
  if (typed === '/restart') return 'restart';
  if (rules.agentCommands.includes(typed)) return 'live_agent';
  return undefined;
}
