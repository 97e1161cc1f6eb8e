import type { Content, Notice } from '../../src/conversation/content';
import type { Evidence, SeenChat } from './evidence';
import type { Shown, Turn } from './journal';

/** Turns that hold words for somebody, and not a command for the connector. */
export function isWords({ what }: Turn): boolean {
  return ['words', 'yes', 'quiet', 'asks for an agent', 'quotes the closing phrase'].includes(what);
}

export function isEndCommand({ what }: Turn): boolean {
  return what === '/end_chat' || what === ' /END_CHAT ' || what === '/restart';
}

/** The number of the turn that a text carries, if it does. */
export function numberOf(text: string): number | undefined {
  const number = /^(?:you said )?(?:ana|bob|cleo) (\d+)/.exec(text)?.[1];
  return number === undefined ? undefined : Number(number);
}

export function noticeOf(content: Content): Notice | undefined {
  return content.kind === 'notice' ? content.notice : undefined;
}

export function keyOf({ content }: Shown): string {
  return content.kind === 'notice' ? content.notice.key : content.kind;
}

export function textOf(content: Content): string {
  if (content.kind === 'agent') return content.text;
  return content.kind === 'assistant' ? (content.item.text ?? '') : '';
}

export function isEnd(shown: Shown): boolean {
  return keyOf(shown).startsWith('ended_');
}

/** When somebody first left the chat. */
export function leftAt({ left }: Evidence, { id }: SeenChat): number {
  return left.find(({ chat }) => chat === id)?.at ?? Number.POSITIVE_INFINITY;
}

/** Whether nothing could be sent to the employee at some time of this chat. */
export function wasSilent(seen: Evidence, chat: SeenChat): boolean {
  const end = leftAt(seen, chat) + 60_000;
  return seen.silences.some(({ user, at }) => user === chat.user && at >= chat.openedAt && at <= end);
}

/** Whether the ledger says that showing this was given up, or is in doubt. */
export function isInLedger({ doubtful }: Evidence, user: string, ...parts: readonly string[]): boolean {
  return doubtful.some(
    ({ key, type, words }) =>
      type === 'show' && key.endsWith(`|${user}`) && parts.every((part) => words.includes(part)),
  );
}

/** Whether anything went wrong by which a call may be made again. */
export function wasDisturbed({ faults, counts }: Evidence): boolean {
  return faults.length > 0 || ['deaths', 'freezes', 'store troubles'].some((what) => counts.has(what));
}

export function countOf<T>(list: readonly T[], is: (one: T) => boolean): number {
  return list.reduce((count, one) => count + (is(one) ? 1 : 0), 0);
}
