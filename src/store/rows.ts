import type { TranscriptLine } from '../conversation/step';
import type { ChatId, Conversation, ConversationKey, Instant, Phase } from '../conversation/types';
import type { WatchedChat } from '../engine/ports';
import { readConversation } from './record';

/** The live chat of a conversation, by which the tables find it. */
export function liveChatOf({ phase }: Conversation): ChatId | null {
  return phase.name === 'queued' || phase.name === 'connected' ? phase.chat.id : null;
}

/** The chats that the reader must watch, of conversations with a live one. */
export function watchedOf(rows: readonly { readonly key: ConversationKey; readonly body: string }[]): WatchedChat[] {
  return rows.flatMap(({ key, body }) => {
    const phase = phaseOf(body, key);
    return phase?.name === 'queued' || phase?.name === 'connected'
      ? [{ key, chat: phase.chat, cursor: phase.cursor }]
      : [];
  });
}

/** A damaged record keeps no other chat from being read; it is named when somebody asks for just this conversation. */
function phaseOf(body: string, key: string): Phase | undefined {
  try {
    return readConversation(body, key).phase;
  } catch {
    return undefined;
  }
}

export interface TranscriptRow {
  readonly id: number;
  readonly key: ConversationKey;
  readonly at: Instant;
  readonly who: TranscriptLine['who'];
  readonly name: string | null;
  readonly live_chat_id: TranscriptLine['chat'] | null;
  readonly text: string;
}

export function lineOf(row: TranscriptRow): TranscriptLine & { readonly key: ConversationKey } {
  const { key, at, who, text } = row;
  return { key, at, who, text, name: row.name ?? undefined, chat: row.live_chat_id ?? undefined };
}
