import type { Rating } from './end-of-chat';
import type { Rules } from './rules';

/** What an employee can tell the connector itself, beside talking. */
export type Command =
  | 'end_chat'
  | 'restart'
  | 'live_agent'
  | 'ask_assistant'
  | 'back_to_agent'
  | 'transcript'
  | 'still_need_help'
  | 'leave_message'
  | `rate_${Rating}`;

const typedAs: Readonly<Record<string, Command>> = {
  '/end_chat': 'end_chat',
  '/restart': 'restart',
  '/ask_assistant': 'ask_assistant',
  '/back_to_agent': 'back_to_agent',
  '/transcript': 'transcript',
  '/still_need_help': 'still_need_help',
  '/leave_message': 'leave_message',
  '/rate 1': 'rate_1',
  '/rate 2': 'rate_2',
  '/rate 3': 'rate_3',
  '/rate 4': 'rate_4',
  '/rate 5': 'rate_5',
};

/** The command that a text is, in any case and with blanks around it; a mention of the bot was taken out before. */
export function commandOf(text: string, rules: Rules): Command | undefined {
  const typed = text.trim().toLowerCase();
  if (Object.hasOwn(typedAs, typed)) return typedAs[typed];
  return rules.agentCommands.includes(typed) ? 'live_agent' : undefined;
}
