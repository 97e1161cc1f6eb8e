import { endedChat } from './ended';
import { notice, type Situation, type Step, stay } from './step';
import type { AgentFile, ChatId, Conversation, FileOffer, LiveChat, UserMessage } from './types';

const idOfTranscript = 'transcript:';

/** Whether a file is what was said in a chat, which is kept here, and not a file of an agent's. */
export function isTranscript({ id }: AgentFile): boolean {
  return id.startsWith(idOfTranscript);
}

/** The employee wants what was said as a file: it is offered to her like any file. `undefined` when its chat is not known. */
export function transcriptWanted({ conversation }: Situation, { chat: wanted }: UserMessage): Step | undefined {
  const chat = chatOf(conversation, wanted);
  if (!chat) return undefined;
  const file = { id: `${idOfTranscript}${chat.id}`, name: `chat-${chat.number ?? chat.id}.txt`, type: 'text/plain' };
  return stay(offered(conversation, { file, chat: chat.id }), { type: 'show', content: { kind: 'transcript', file } });
}

/** The chat of a transcript, live or over, as long as it is known. */
export function chatOf(conversation: Conversation, wanted?: ChatId): LiveChat | undefined {
  const { phase, last } = conversation;
  if ('chat' in phase && (wanted === undefined || phase.chat.id === wanted)) return phase.chat;
  return wanted === undefined ? last?.chat : endedChat(conversation, wanted)?.chat;
}

/** What was asked for twice is offered once more, and can be accepted once. */
function offered(conversation: Conversation, offer: FileOffer): Conversation {
  const others = (conversation.offers ?? []).filter(({ file }) => file.id !== offer.file.id);
  return { ...conversation, offers: [...others, offer] };
}

/** It could not be put among her files. */
export function transcriptFailed(conversation: Conversation): Step {
  return stay(conversation, notice({ key: 'transcript_failed' }));
}
