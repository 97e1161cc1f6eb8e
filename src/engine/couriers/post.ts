import type { Effect } from '../../conversation/effects';
import { endedChat } from '../../conversation/ended';
import { ApiFailure, type FailureKind } from '../../conversation/failures';
import type { ChatId, Conversation, RowId } from '../../conversation/types';
import type { PostRequest } from '../ports';
import { type Courier, type CourierParts, done, type Errand, type Outcome } from './courier';

type Post = Extract<Effect, { type: 'post' }>;

/** Puts words into the chat's thread, once: after a lost answer our own row is looked for before the words are said again. */
export function postCourier(parts: CourierParts): Courier<Post> {
  const { desk, clock } = parts;
  return {
    async carry(errand) {
      const { chat, words } = errand.effect;
      const request: PostRequest = { chat, words, id: String(errand.entry.seq) };
      const context = { correlation: errand.entry.correlation };
      const bound = boundRows(errand.conversation, chat.id);
      try {
        const found = errand.inDoubt ? await desk.findPosted(request, bound, context) : undefined;
        const row = found ?? (await desk.post(request, context));
        return done([{ type: 'words_posted', chat: chat.id, row, at: clock.now() }], row);
      } catch (error) {
        return await whenRefused(parts, errand, error);
      }
    },
    giveUp: ({ effect, entry }, { kind, certain }, at) => {
      const doubt = certain && entry.doubts === 0 ? {} : { inDoubt: true as const };
      return [{ type: 'post_failed', effect, kind, ...doubt, ended: false, at }];
    },
  };
}

/** The rows of ours in the thread that belong to words we know to be there. */
export function boundRows(conversation: Conversation, chat: ChatId): readonly RowId[] {
  const { phase } = conversation;
  if (phase.name !== 'assisted' && phase.name !== 'opening' && phase.chat.id === chat) return phase.posted;
  return endedChat(conversation, chat)?.posted ?? [];
}

/** Answers that may mean that the chat is over. */
const takesNoWords: ReadonlySet<FailureKind> = new Set(['refused', 'not_found', 'conflict']);

/** ServiceNow will not take words for this chat: the queue is asked whether the chat is over before it is believed. */
async function whenRefused({ desk, clock }: CourierParts, errand: Errand<Post>, error: unknown): Promise<Outcome> {
  const isAnswer = error instanceof ApiFailure && takesNoWords.has(error.kind);
  if (!isAnswer) throw error;
  const { effect, entry } = errand;
  const asked = await desk.state(effect.chat, { correlation: entry.correlation });
  if (asked?.state === 'waiting' || asked?.state === 'in_progress') {
    const { upstream, message, status } = error;
    throw new ApiFailure({ upstream, kind: 'unreachable', certain: true, message, status, cause: error });
  }
  const ended = asked?.state === 'ended';
  const doubt = entry.doubts > 0 ? { inDoubt: true as const } : {};
  const failed = { type: 'post_failed', effect, kind: error.kind, ...doubt, ended, at: clock.now() } as const;
  return { events: [failed], outcome: entry.doubts > 0 ? 'unknown' : 'given_up', detail: error.kind };
}
