import { createHash } from 'node:crypto';
import type { Inbox, InboxItem } from '../../engine/inbox';
import type { Clock, Log } from '../../engine/ports';
import type { BotOptions } from './options';
import { isUnknown } from './rows';
import { type Callback, callback, type Item, type Kept } from './schema';
import { isChat } from './session';

export interface IntakeParts {
  readonly inbox: Inbox;
  readonly options: Pick<BotOptions, 'repeatedWithinMs'>;
  readonly clock: Clock;
  readonly log: Log;
  /** The chat of an employee that lives, for a callback that names none. */
  readonly chatOf?: (userId: string) => Promise<string | undefined>;
  /** An agent types, or types no more; nobody waits for what comes of it. */
  readonly typing?: (chat: string, on: boolean) => void;
}

/** What became of a callback. All but `malformed` are answered alike: the platform has done its part. */
export type Taken = 'kept' | 'repeated' | 'unknown_chat' | 'malformed';

/** Takes callbacks in: what is said in them is durable when this resolves, each item once. */
export type Intake = (body: unknown) => Promise<Taken>;

export function makeIntake(parts: IntakeParts): Intake {
  return async (body) => {
    const read = callback.safeParse(body);
    if (!read.success) return 'malformed';
    const chat = await chatOf(parts, read.data);
    if (chat === undefined) {
      parts.log.warn('callback_of_unknown_chat', { items: read.data.body.length });
      return 'unknown_chat';
    }
    tellTyping(parts, chat, read.data.body);
    const items = itemsOf(read.data, parts.options.repeatedWithinMs);
    for (const { uiType, actionType } of read.data.body.filter(isUnknown)) {
      parts.log.warn('callback_item_unknown', {
        live_chat_id: chat,
        ui_type: kindOf(uiType),
        action: kindOf(actionType),
      });
    }
    const added = await parts.inbox.put(chat, items, parts.clock.now());
    return added > 0 || items.length === 0 ? 'kept' : 'repeated';
  };
}

/** Whose it is: our own variable that the platform echoes, then the session, then the employee. */
async function chatOf({ chatOf: liveOf }: IntakeParts, { clientVariables, clientSessionId, userId }: Callback) {
  const named = [clientVariables?.chat, clientSessionId].find((text) => text !== undefined && isChat(text));
  return named ?? (userId === undefined ? undefined : await liveOf?.(userId));
}

/** One item each; what the envelope says of the chat's end comes last. A callback that says nothing is kept as the answer that it is. */
function itemsOf(envelope: Callback, withinMs: number): InboxItem[] {
  const { requestId: request, body, completed, takeControl, agentChat } = envelope;
  const withAgent = agentChat ? { withAgent: true as const } : {};
  const says = (kept: Kept) => JSON.stringify({ ...(request ? { request } : {}), ...kept });
  const items = body.flatMap((item, index) =>
    isTyping(item) ? [] : [inboxItem(item, index, says({ item, ...withAgent }), withinMs)],
  );
  if (!completed && !takeControl && (items.length > 0 || body.length > 0)) return items;
  const end = says({ ...(completed ? { completed: true } : {}), ...(takeControl ? { takeControl: true } : {}) });
  return [...items, { id: hash(`envelope\n${end}`), withinMs, body: end }];
}

/** The platform's own id of a message where there is one; else what it says, at its place, for a while. */
function inboxItem({ messageId, uiType, actionType }: Item, index: number, body: string, withinMs: number): InboxItem {
  if (messageId) return { id: hash(`message\n${messageId}\n${uiType}\n${actionType ?? ''}`), body };
  return { id: hash(`item\n${index}\n${body}`), withinMs, body };
}

function tellTyping({ typing }: IntakeParts, chat: string, items: readonly Item[]): void {
  const last = items.findLast(isTyping);
  if (last) typing?.(chat, /^Start/.test(last.actionType ?? ''));
}

function isTyping({ uiType, actionType }: Item): boolean {
  return uiType === 'ActionMsg' && /^(Start|End)TypingIndicator(ActionMsg)?$/.test(actionType ?? '');
}

/** A name of the platform's for the log: letters alone. */
function kindOf(name: string | undefined): string {
  return /^\w{1,40}$/.test(name ?? '') ? (name ?? '') : 'other';
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
