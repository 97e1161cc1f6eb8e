import type { ChatPhase, Conversation, Phase } from '../conversation/types';

/** What is worth counting about chats, in seconds and by reason. */
export interface ChatFigures {
  /** An agent is there: so long the employee waited. */
  queued(seconds: number): void;
  ended(reason: string): void;
}

/** Follows live chats from change to change; it remembers nothing of a chat that is over. */
export function watchChats(figures: ChatFigures): (conversation: Conversation) => void {
  const live = new Map<string, ChatPhase['name']>();
  return ({ phase }) => {
    if (!hasChat(phase)) return;
    const before = live.get(phase.chat.id);
    if (phase.name === 'closing') {
      if (live.delete(phase.chat.id)) figures.ended(phase.reason);
      return;
    }
    live.set(phase.chat.id, phase.name);
    if (phase.name === 'connected' && before === 'queued') figures.queued((phase.since - phase.chat.openedAt) / 1_000);
  };
}

function hasChat(phase: Phase): phase is Extract<Phase, { name: 'queued' | 'connected' | 'closing' }> {
  return 'chat' in phase;
}
