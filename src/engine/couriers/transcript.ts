import type { Effect } from '../../conversation/effects';
import { endedChat } from '../../conversation/ended';
import type { TranscriptLine } from '../../conversation/step';
import { chatOf } from '../../conversation/transcript';
import type { CourierParts, Errand } from './courier';

type HandOver = Extract<Effect, { type: 'hand_over' }>;

/** Agents' lines carry ServiceNow's time, which may be another than ours by so much. */
const clockErrorMs = 24 * 3_600_000;
/** Where nobody knows any more when the chat was opened. */
const longestChatMs = 7 * 24 * 3_600_000;

/** What was said in a chat as a file, out of what is kept; `undefined` where nobody can write it. */
export async function transcriptOf(
  { store, clock, writeTranscript }: CourierParts,
  { effect, conversation }: Errand<HandOver>,
): Promise<Uint8Array | undefined> {
  if (!writeTranscript) return undefined;
  const until = endedChat(conversation, effect.chat)?.at ?? clock.now();
  const chat = chatOf(conversation, effect.chat);
  const from = chat?.openedAt ?? until - longestChatMs;
  const isOfChat = (line: TranscriptLine) =>
    line.chat === effect.chat || (line.chat === undefined && line.at >= from && line.at <= until);
  const said: TranscriptLine[] = [];
  for await (const { key, ...line } of store.transcript(
    (from - clockErrorMs) as TranscriptLine['at'],
    (until + clockErrorMs) as TranscriptLine['at'],
  )) {
    if (key === conversation.key && line.who !== 'system' && isOfChat(line)) said.push(line);
  }
  return writeTranscript(said, { user: conversation.user, chat: chat?.number ?? effect.chat });
}
