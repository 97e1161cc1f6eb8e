import { type Answer, refusal, result } from './answer';
import { byExternalId, type Chat, change, chatOf, keyOf } from './chat';
import { takeUp } from './claim';
import { byId, first, type Glide } from './glide';
import { emailOf, externalIdOf, optionalSysId, optionalText, type Request, text } from './input';
import { own, platform, properties } from './names';
import { finish } from './opening-steps';
import { demandOpen } from './queue';

const longestText = 60_000;

/** POST /chats: opens a chat in a queue, once for each `externalId`. What an earlier request left unfinished is finished. */
export function openChat(glide: Glide, request: Request): Answer {
  const externalId = externalIdOf(request.body.externalId);
  const known = byExternalId(glide, externalId);
  if (known && known.state !== 'opening') return result(opened(known));
  const chat = known ? resumed(glide, known) : begun(glide, request, externalId);
  return result(opened(finish(glide, chat)), known ? 200 : 201);
}

/** GET /chats?externalId=: the chat that was opened under this id, in a list of one or none. */
export function findChat(glide: Glide, { query }: Request): Answer {
  const known = byExternalId(glide, externalIdOf(query.externalId));
  if (known?.state !== 'opening') return result(known ? [opened(known)] : []);
  const chat = resumed(glide, known);
  // Nobody has begun with it: whether it is opened is for the one who asked for it to say.
  if (chat.conversation !== '') return result([opened(finish(glide, chat))]);
  change(glide, chat, { attempt_at: '0' });
  return result([]);
}

/** What a caller learns of a chat. */
function opened({ conversation, interaction, number, workItem, id, state, queue }: Chat) {
  return { conversationId: conversation, interactionId: interaction, number, workItemId: workItem, id, state, queue };
}

function begun(glide: Glide, request: Request, externalId: string): Chat {
  const queue = optionalSysId(request, 'queue') ?? '';
  demandOpen(glide, queue);
  const fields = {
    key: keyOf(glide, externalId),
    external_id: externalId,
    caller: glide.user.id,
    requester: requesterOf(glide, request),
    queue,
    subject: optionalText(request, 'subject', 160) ?? '',
    first_message: firstMessageOf(request),
    state: 'opening',
    turns: '0',
    attempts: '1',
    attempt_at: String(glide.now()),
    opened_at: String(glide.now()),
  };
  const id = glide.records.insert(own.chat, fields);
  if (id === undefined) throw refusal('busy', 'The same is under way in another request');
  return chatOf({ ...fields, sys_id: id });
}

function resumed(glide: Glide, chat: Chat): Chat {
  return change(glide, chat, takeUp(glide, { work: `open:${chat.id}`, ...chat }));
}

/** The employee as a user of this instance, the property's user, or the caller itself. */
function requesterOf(glide: Glide, request: Request): string {
  const user = optionalSysId(request, 'userSysId');
  if (user !== undefined && byId(glide, platform.user, user)) return user;
  const email = emailOf(request);
  const users = email === undefined ? [] : glide.records.find(withEmail(email));
  // Of two users with one address nobody can say who is meant.
  if (users.length === 1 && users[0]?.sys_id) return users[0].sys_id;
  const name = glide.property(properties.fallbackRequester);
  const fallback = name === '' ? undefined : first(glide, { table: platform.user, where: [['user_name', '=', name]] });
  return fallback?.sys_id ?? glide.user.id;
}

function withEmail(email: string) {
  const where = [
    ['email', '=', email],
    ['active', '=', '1'],
  ] as const;
  return { table: platform.user, where, limit: 2 };
}

/** The words that the agent reads first; what was said before stands below them. */
function firstMessageOf(request: Request): string {
  const words = text(request, 'firstMessage', longestText);
  const lines = request.body.transcript ?? [];
  if (!Array.isArray(lines) || lines.some((line) => typeof line !== 'string'))
    throw refusal('invalid', 'transcript is not a list of texts');
  const all = [words, ...(lines as string[])].join('\n');
  if (all.length > longestText) throw refusal('invalid', `transcript is longer than ${longestText} characters`);
  return all;
}
