import { isClosing, isIn, notice, type Situation, type Step, stay } from './step';
import type { Instant, UserMessage } from './types';

/** A second click on what has just been ended is no news to anybody. */
const sameClickMs = 60_000;

/** Whether a button was clicked that belongs to another chat than the one that is live. */
export function isStaleClick(now: Situation, { chat }: UserMessage): boolean {
  return chat !== undefined && !isIn(now, chat);
}

/** A button of a chat that is over changes nothing, whoever clicks it; who has just ended the chat by it knows that. */
export function staleClick(now: Situation, { chat }: UserMessage, at: Instant): Step {
  const { conversation } = now;
  const { last } = conversation;
  const isSecond = chat !== undefined && (isClosing(now, chat) || (last?.id === chat && at - last.at < sameClickMs));
  return stay(conversation, ...(isSecond ? [] : [notice({ key: 'old_button' })]));
}
