import { catchUp } from './agent-messages';
import { type Answer, result } from './answer';
import { type Change, changeOf, head } from './changes';
import { type Chat, chatOf, chatOfCaller } from './chat';
import type { Condition, Glide } from './glide';
import { count, type Request } from './input';
import { own } from './names';
import { settle } from './settle';
import { placeOf, places } from './waiting';

const mostChanges = 500;

/**
 * GET /changes?after=&limit=: what is new in all chats of the caller, oldest first. `last` is where to go on, `more` that there is more
 * at once. Without `after` nothing is listed: the answer only tells where the log stands. `waiting=true` adds the places in the queues.
 */
export function listChanges(glide: Glide, request: Request): Answer {
  const after = count(request, 'after');
  // Read before the list: everything up to it is in the list, or is nothing of this caller's.
  const newest = head(glide);
  const page = after === undefined ? emptyPage : pageOf(glide, request, [['caller', '=', glide.user.id]], after);
  const last = Math.max(page.more ? 0 : newest, page.changes.at(-1)?.sequence ?? 0);
  const waiting = request.query.waiting === 'true' ? { waiting: places(glide, waitingChats(glide)) } : {};
  return result({ ...page, last, ...waiting });
}

const emptyPage = { changes: [] as readonly Change[], more: false };

/** GET /chats/{conversationId}/messages?after=&limit=: the same of one chat, with how it stands. `own=true`: with the caller's words. */
export function listMessages(glide: Glide, request: Request): Answer {
  const asked = chatOfCaller(glide, request.path.conversationId ?? '');
  if (asked.state !== 'ended') catchUp(glide, asked);
  const chat = settle(glide, asked);
  const newest = head(glide);
  const page = pageOf(glide, request, [['chat', '=', chat.id]], count(request, 'after') ?? 0);
  const messages = page.changes.filter((change) => change.type === 'message');
  const last = Math.max(page.more ? 0 : newest, page.changes.at(-1)?.sequence ?? 0);
  return result({ messages, last, more: page.more, ...standing(glide, chat) });
}

/** GET /chats/{conversationId}: how a chat stands. */
export function showChat(glide: Glide, request: Request): Answer {
  return result(standing(glide, settle(glide, chatOfCaller(glide, request.path.conversationId ?? ''))));
}

function standing(glide: Glide, chat: Chat) {
  const { conversation, state, endedBy } = chat;
  const place = state === 'waiting' ? placeOf(glide, chat) : {};
  return { conversationId: conversation, state, ...place, ...(endedBy === '' ? {} : { endedBy }) };
}

function pageOf(glide: Glide, request: Request, of: readonly Condition[], after: number) {
  const limit = Math.max(1, Math.min(mostChanges, count(request, 'limit') ?? mostChanges));
  const others: readonly Condition[] = request.query.own === 'true' ? [] : [['author', '!=', 'self']];
  const where = [...of, ...others, ['sequence', '>', String(after)]] as const;
  const rows = glide.records.find({ table: own.change, where, order: 'sequence', limit: limit + 1 });
  return { changes: rows.slice(0, limit).map(changeOf), more: rows.length > limit };
}

function waitingChats(glide: Glide): Chat[] {
  const where = [
    ['caller', '=', glide.user.id],
    ['state', '=', 'waiting'],
  ] as const;
  return glide.records.find({ table: own.chat, where, limit: 1_000 }).map(chatOf);
}
