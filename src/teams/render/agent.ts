import type { Content } from '../../conversation/content';
import { longestText } from '../limits';
import { blocksMarkdown } from './agent-blocks';
import { agentLines } from './agent-lines';
import { escapeInline, withoutControls } from './markdown';
import type { MessageBody, Wording } from './message';

const longestName = 100;
const longestSummary = 150;

/** An agent's words: who says it, in bold on a line of its own, and then just what they wrote. */
export function renderAgent(content: Extract<Content, { kind: 'agent' }>, { locale, texts }: Wording): MessageBody {
  const name =
    withoutControls(content.name ?? '')
      .trim()
      .slice(0, longestName) || texts.say(locale, 'teams.agent');
  const words = content.text.trim();
  const marked = `**${escapeInline(name)}**\n\n${blocksMarkdown(agentLines(normal(words)))}`;
  const body: MessageBody =
    marked.length <= longestText
      ? { type: 'message', textFormat: 'markdown', text: marked }
      : { type: 'message', textFormat: 'plain', text: `${name}\n\n${withoutControls(words)}` };
  return { ...body, summary: summaryOf(name, words), channelData: { notification: { alert: true } } };
}

function normal(words: string): string {
  return words.replace(/\r\n?|[\u2028\u2029]/g, '\n');
}

function summaryOf(name: string, words: string): string {
  const line = withoutControls(`${name}: ${words}`).replace(/\s+/g, ' ');
  return line.length > longestSummary ? `${line.slice(0, longestSummary - 1).trimEnd()}…` : line;
}
