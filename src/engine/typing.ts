import type { Conversation, ConversationKey, Instant } from '../conversation/types';
import type { Fence, Ownership } from './ownership';
import type { Pace } from './pace';
import type { Clock, Desk, Messenger } from './ports';
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

/** So long after the last sign that she types the agent is told that she does no more, milliseconds. */
const stillTypesMs = 6_000;

export interface EmployeeTypingParts {
  readonly desk: Pick<Desk, 'typing'>;
  readonly store: Pick<ConversationStore, 'load'>;
  readonly clock: Clock;
}

/** Shows the agent that the employee types, where the profile can. A sign that gets lost is nobody's business. */
export function makeEmployeeTyping({ desk, store, clock }: EmployeeTypingParts): (key: ConversationKey) => void {
  const { typing } = desk;
  const told = new Map<ConversationKey, { readonly at: Instant; readonly cancel: () => void }>();
  const tell = async (key: ConversationKey) => {
    const before = told.get(key);
    const now = clock.now();
    if (!typing || (before && now - before.at < leastBetweenMs)) return;
    const phase = (await store.load(key))?.conversation.phase;
    if (phase?.name !== 'connected') return;
    const { chat } = phase;
    const context = { correlation: `typing:${chat.id}` };
    before?.cancel();
    const stop = () => {
      told.delete(key);
      typing(chat, false, context).catch(() => {});
    };
    told.set(key, { at: now, cancel: clock.after(stillTypesMs, stop) });
    await typing(chat, true, context);
  };
  return (key) => void tell(key).catch(() => {});
}
