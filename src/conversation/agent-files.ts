import { fileLabel, type HandedFile } from './content';
import { isLate } from './cursor';
import type { Effect } from './effects';
import type { ConversationEvent, ThreadRow } from './events';
import { plainOf } from './marks';
import { type Late, showAgent } from './relay';
import type { Rules } from './rules';
import { notice, type Situation, type Step, stay } from './step';
import { isTranscript, transcriptFailed } from './transcript';
import type { AgentFile, ChatId, Conversation, Cursor, FileOffer } from './types';

type Happened<T extends ConversationEvent['type']> = Extract<ConversationEvent, { type: T }>;

/** A larger file of an agent's is only named. */
const mostBytes = 25_000_000;
/** Files that an employee can still accept, the newest. */
const mostOffers = 30;

/** What an agent said in one row, on its way to the employee: the words, then the files. `cursor`: how far the thread was read before. */
export function showRow(row: ThreadRow, cursor: Cursor, rules: Rules): Effect[] {
  const late: Late = isLate(cursor, row) ? { writtenAt: row.at } : {};
  const words = isBlank(row.text) ? [] : showAgent(row, late, rules);
  return [...words, ...(row.files ?? []).map((file) => showFile(row, file, late))];
}

function showFile({ name, id: row }: ThreadRow, file: AgentFile, late: Late): Effect {
  if ((file.size ?? 0) > mostBytes) return notice({ key: 'agent_file_too_large', name: file.name });
  return { type: 'show', content: { kind: 'file', name, row, file, ...late } };
}

/** What a person reads of a row. */
export function rowText({ text, files = [] }: ThreadRow): string {
  return [...(isBlank(text) ? [] : [plainOf(text)]), ...files.map(fileLabel)].join('\n');
}

function isBlank(text: string): boolean {
  return plainOf(text).trim() === '';
}

/** Files that were shown to the employee can be accepted from then on, for a while. */
export function withOffers(conversation: Conversation, chat: ChatId, rows: readonly ThreadRow[]): Conversation {
  const fresh = rows.flatMap(({ files = [] }) => files.map((file): FileOffer => ({ file, chat })));
  if (fresh.length === 0) return conversation;
  return { ...conversation, offers: [...(conversation.offers ?? []), ...fresh].slice(-mostOffers) };
}

/** The employee wants the file: it is brought to where Teams keeps her files. A second click changes nothing. */
export function fileAccepted({ conversation }: Situation, { file: id, target }: Happened<'file_accepted'>): Step {
  const offer = conversation.offers?.find(({ file }) => file.id === id);
  if (!offer) return stay(conversation, notice({ key: 'file_offer_gone' }));
  if (offer.taken) return stay(conversation);
  const taken = changed(conversation, id, { ...offer, taken: true });
  return stay(taken, { type: 'hand_over', file: offer.file, chat: offer.chat, target });
}

/** The employee does not want the file: the agent hears of it. */
export function fileDeclined(now: Situation, { file: id }: Happened<'file_declined'>): Step {
  const { conversation } = now;
  const offer = conversation.offers?.find(({ file }) => file.id === id);
  if (!offer || offer.taken) return stay(conversation);
  const { file, chat } = offer;
  if (isTranscript(file)) return stay(changed(conversation, id, undefined));
  const told = notice({ key: 'file_declined', name: file.name });
  return stay(changed(conversation, id, undefined), told, ...tellAgent(now, chat, 'file_declined', file));
}

/** The file lies among the employee's own. */
export function fileHandedOver({ conversation }: Situation, { effect }: Happened<'file_handed_over'>): Step {
  const { file, target } = effect;
  const { name = file.name, contentUrl, uniqueId, fileType } = target;
  const handed: HandedFile = { name, contentUrl, uniqueId, fileType };
  return stay(changed(conversation, file.id, undefined), {
    type: 'show',
    content: { kind: 'handed_file', file: handed },
  });
}

/** It could not be brought there: both hear of it. */
export function handOverFailed(now: Situation, { effect }: Happened<'hand_over_failed'>): Step {
  const { file, chat } = effect;
  if (isTranscript(file)) return transcriptFailed(changed(now.conversation, file.id, undefined));
  const told = notice({ key: 'agent_file_failed', name: file.name });
  return stay(
    changed(now.conversation, file.id, undefined),
    told,
    ...tellAgent(now, chat, 'file_not_handed_over', file),
  );
}

/** Only in the chat in which the agent sent it, while that is live. */
function tellAgent(
  { conversation: { phase } }: Situation,
  chat: ChatId,
  key: 'file_declined' | 'file_not_handed_over',
  file: AgentFile,
): Effect[] {
  if ((phase.name !== 'queued' && phase.name !== 'connected') || phase.chat.id !== chat) return [];
  return [{ type: 'post', chat: phase.chat, words: { from: 'connector', notice: { key, text: fileLabel(file) } } }];
}

function changed(conversation: Conversation, id: AgentFile['id'], now: FileOffer | undefined): Conversation {
  const offers = (conversation.offers ?? []).flatMap((offer) => (offer.file.id !== id ? [offer] : now ? [now] : []));
  return { ...conversation, offers };
}
