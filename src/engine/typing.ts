import type { Conversation, ConversationKey, Instant } from '../conversation/types';
import type { Fence, Ownership } from './ownership';
import type { Pace } from './pace';
import type { Clock, Messenger } from './ports';
import type { ConversationStore } from './store';

export interface SignParts {
  readonly messenger: Pick<Messenger, 'typing'>;
  readonly pace: Pick<Pace, 'takeForSign'>;
  readonly store: Pick<ConversationStore, 'load' | 'noteSend'>;
  readonly clock: Clock;
}

/** Shows one typing sign, where that takes no room from words. What it rejects with is nobody's business. */
export async function typingSign(
  { messenger, pace, store, clock }: SignParts,
  { key, reference, user }: Pick<Conversation, 'key' | 'reference' | 'user'>,
  fence: Fence,
  isWanted: () => boolean = () => true,
): Promise<void> {
  const isReachable = (await store.load(key))?.conversation.reachable ?? false;
  if (!isWanted() || !isReachable || !(await pace.takeForSign(key, reference.tenantId, fence))) return;
  await store.noteSend(key, clock.now());
  await messenger.typing({ reference, user });
}

/** No more often than this, however often the platform tells that the agent types, milliseconds. */
const leastBetweenMs = 3_000;

export interface AgentTypingParts extends SignParts {
  readonly store: ConversationStore;
  readonly ownership: Ownership;
}

/** Shows the employee that the agent of this chat types. Where another process works for the conversation, or in trouble, nothing is shown. */
export function makeAgentTyping(parts: AgentTypingParts): (chat: string) => void {
  const shown = new Map<ConversationKey, Instant>();
  const show = async (chat: string) => {
    const { store, ownership, clock } = parts;
    const watched = (await store.watched()).find((one) => one.chat.id === chat);
    if (!watched || !ownership.mayAct()) return;
    const { key } = watched;
    const now = clock.now();
    for (const [other, at] of shown) if (now - at >= leastBetweenMs) shown.delete(other);
    if (shown.has(key)) return;
    const fence = await ownership.claim(key);
    const conversation = (await store.load(key))?.conversation;
    if (fence === undefined || conversation?.phase.name !== 'connected') return;
    shown.set(key, now);
    await typingSign(parts, conversation, fence);
  };
  return (chat) => void show(chat).catch(() => {});
}
