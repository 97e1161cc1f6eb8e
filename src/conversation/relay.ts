import type { AssistantItem } from './content';
import type { Effect } from './effects';
import type { ThreadRow } from './events';
import type { Rules } from './rules';
import { splitText } from './split';
import { splitRich } from './split-marked';
import type { Conversation, LiveChat, ServerTime, UserMessage } from './types';

/** The employee's words on their way into the thread; a long message in several parts, in order. A message of files alone has none. */
export function post(chat: LiveChat, message: UserMessage, rules: Rules): Effect[] {
  const { files, ...words } = message;
  if (words.text === '' && files) return [];
  return splitText(words.text, rules.longestPosted).map((part) => ({
    type: 'post',
    chat,
    words: { from: 'employee', message: words, part },
  }));
}

/** Words that the employee has changed after they were said: the thread says that they are a correction. */
export function correction(chat: LiveChat, message: UserMessage, rules: Rules): Effect[] {
  return splitText(message.text, rules.longestPosted).map((part, index) => ({
    type: 'post',
    chat,
    words: { from: 'employee', message, part, ...(index === 0 ? { corrects: true as const } : {}) },
  }));
}

/** Whether words wait for an agent, where the far side would lose them before. The answer to a question of its own does not. */
export function waitsForAgent(effect: Effect, { phase }: Conversation): boolean {
  if ((effect.type !== 'post' && effect.type !== 'attach') || !effect.chat.wordsWait) return false;
  return phase.name === 'queued' && phase.chat.id === effect.chat.id && !phase.asks;
}

/** Of a row that appeared late: when it was written. */
export type Late = { readonly writtenAt?: ServerTime };

/** The agent's words on their way to the employee. */
export function showAgent({ name, text, id: row }: ThreadRow, late: Late, rules: Rules): Effect[] {
  return splitRich(text, rules.longestShown).map((part) => ({
    type: 'show',
    content: { kind: 'agent', name, text: part, row, ...late },
  }));
}

/** One message of the assistant; a long text in several parts, with everything else on the last one. */
export function showAssistant(item: AssistantItem, rules: Rules): Effect[] {
  const parts = splitText(item.text ?? '', rules.longestShown);
  const last = parts.pop() ?? '';
  const items: AssistantItem[] = [
    ...parts.map((text) => ({ text })),
    item.text === undefined ? item : { ...item, text: last },
  ];
  return items.map((one) => ({ type: 'show', content: { kind: 'assistant', item: one } }));
}
