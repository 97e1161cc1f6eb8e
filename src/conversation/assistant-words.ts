import type { AssistantItem } from './content';
import type { Effect } from './effects';
import { showAssistant } from './relay';
import type { Rules } from './rules';
import type { Instant } from './types';

/** What the assistant says, as messages for the employee and as lines that are kept. */
export function spokenBy(items: readonly AssistantItem[], at: Instant, rules: Rules) {
  const shows: Effect[] = items.flatMap((item) => showAssistant(item, rules));
  const texts = items.map(textOf).filter((text) => text !== '');
  return { shows, lines: texts.map((text) => ({ at, who: 'bot' as const, text })) };
}

/** What a person reads of an assistant's message. */
function textOf(item: AssistantItem): string {
  const titles = (item.buttons ?? []).map((button) => String(button.title ?? '')).filter((title) => title !== '');
  const choices = titles.length > 0 ? `[${titles.join('] [')}]` : '';
  return [item.text ?? item.image ?? '', choices].filter((text) => text !== '').join(' ');
}
