import { type Answer, failure, isRefusal } from './answer';
import { attachFile } from './attach-file';
import { endChat } from './end-chat';
import type { Glide } from './glide';
import type { Request } from './input';
import { listChanges, listMessages, showChat } from './look';
import { findChat, openChat } from './open-chat';
import { noteTyping, postMessage } from './post-message';
import { showQueue } from './queue';
import { rateChat } from './rating';

export type Handler = (glide: Glide, request: Request) => Answer;

/** What this application answers, by method and path below `/api/{scope}/live_chat`. */
export const routes = {
  'POST /v1/chats': openChat,
  'GET /v1/chats': findChat,
  'GET /v1/chats/{conversationId}': showChat,
  'POST /v1/chats/{conversationId}/messages': postMessage,
  'GET /v1/chats/{conversationId}/messages': listMessages,
  'POST /v1/chats/{conversationId}/files': attachFile,
  'POST /v1/chats/{conversationId}/typing': noteTyping,
  'POST /v1/chats/{conversationId}/end': endChat,
  'POST /v1/chats/{conversationId}/rating': rateChat,
  'GET /v1/changes': listChanges,
  'GET /v1/queues/{queue}': showQueue,
} as const satisfies Readonly<Record<string, Handler>>;

/** The answer of a route; its own errors are answers, too. */
export function answer(glide: Glide, handler: Handler, request: Request): Answer {
  try {
    return handler(glide, request);
  } catch (error) {
    if (isRefusal(error)) return failure(error);
    throw error;
  }
}
