import type { Command } from './commands';
import type { Rating } from './end-of-chat';
import { endedChat } from './ended';
import type { ConversationEvent } from './events';
import { rated } from './rating';
import { stillNeedsHelp } from './reopening';
import { notice, type Situation, type Step, stay } from './step';
import { transcriptWanted } from './transcript';
import type { EndedChat, UserMessage } from './types';

type Spoke = Extract<ConversationEvent, { type: 'user_spoke' }>;

const ratings: Readonly<Partial<Record<Command, Rating>>> = { rate_1: 1, rate_2: 2, rate_3: 3, rate_4: 4, rate_5: 5 };

/** What an employee can ask for when a chat is over; `undefined` for everything else that she says. */
export function afterwards(now: Situation, event: Spoke, command: Command | undefined): Step | undefined {
  const rating = command && ratings[command];
  if (rating === undefined && command !== 'transcript' && command !== 'still_need_help') return undefined;
  const { message } = event;
  if (command === 'transcript') return transcriptWanted(now, message) ?? unknown(now, message);
  const ended = endedFor(now, message);
  if (rating !== undefined) return ended?.chat ? rated(now, event, ended.chat, rating) : unknown(now, message);
  return stillNeedsHelp(now, event, ended);
}

/** The chat that a button belongs to, or else the last one. */
function endedFor({ conversation }: Situation, { chat }: UserMessage): EndedChat | undefined {
  return chat === undefined ? conversation.last : endedChat(conversation, chat);
}

function unknown({ conversation }: Situation, { chat }: UserMessage): Step {
  return stay(conversation, notice({ key: chat === undefined ? 'no_chat_known' : 'old_button' }));
}
