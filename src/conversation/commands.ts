import type { Rules } from './rules';

/** What an employee can tell the connector itself, beside talking. */
export type Command = 'end_chat' | 'restart' | 'live_agent' | 'ask_assistant' | 'back_to_agent';

const typedAs: Readonly<Record<string, Command>> = {
  '/end_chat': 'end_chat',
  '/restart': 'restart',
  '/ask_assistant': 'ask_assistant',
  '/back_to_agent': 'back_to_agent',
};

/** The command that a text is, in any case and with blanks around it; a mention of the bot was taken out before. */
export function commandOf(text: string, rules: Rules): Command | undefined {
  const typed = text.trim().toLowerCase();
  if (Object.hasOwn(typedAs, typed)) return typedAs[typed];
  return rules.agentCommands.includes(typed) ? 'live_agent' : undefined;
}
