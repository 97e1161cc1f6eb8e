import { createHash } from 'node:crypto';
import type { Effect } from '../../conversation/effects';
import { ApiFailure } from '../../conversation/failures';
import type { ConversationKey, HandoffId, Instant } from '../../conversation/types';
import type { OpenedChat, OpenRequest, Unavailable } from '../ports';
import { type Courier, type CourierParts, done, type Errand, type Outcome } from './courier';
import { lookFor } from './look-up';

type Open = Extract<Effect, { type: 'open' }>;
type Identify = Extract<Effect, { type: 'identify' }>;

/** Opens the chat, exactly once per hand-off: after a lost answer the chat is looked for by its token first. */
export function openCourier(parts: CourierParts): Courier<Open> {
  const { desk, clock } = parts;
  return {
    async carry(errand) {
      const request = openRequest(errand);
      const { correlation } = errand.entry;
      const found = errand.inDoubt ? await lookFor(() => desk.findOpened(request, { correlation })) : undefined;
      const away = found ? undefined : await nobodyThere(parts, request, errand);
      if (away) return refused(errand, away, clock.now());
      const { chat, state }: OpenedChat =
        found ?? (await desk.open(await remembering(parts, request, errand), { correlation }));
      return done([{ type: 'chat_opened', chat, state, at: clock.now() }], chat.id);
    },
    giveUp: ({ effect, entry }, failure, at) => {
      const { kind, words } = failure;
      const mayExist = !failure.certain || entry.doubts > 0;
      return [{ type: 'open_failed', handoff: effect.handoff, kind, words, mayExist, at }];
    },
  };
}

function openRequest({ effect, conversation }: Errand<Open>): OpenRequest {
  return { handoff: effect.handoff, user: conversation.user, token: handoffToken(conversation.key, effect.handoff.id) };
}

/** Known before a chat is opened. Who cannot be asked whether somebody is there is asked for the chat itself. */
async function nobodyThere({ desk }: CourierParts, request: OpenRequest, errand: Errand) {
  try {
    return await desk.unavailable(request, { correlation: errand.entry.correlation });
  } catch (error) {
    if (error instanceof ApiFailure) return undefined;
    throw error;
  }
}

function refused({ effect, entry }: Errand<Open>, { words, opens }: Unavailable, at: Instant): Outcome {
  const { handoff } = effect;
  const why = { kind: 'refused', words, ...(opens ? { opens } : {}) } as const;
  const events = [{ type: 'open_failed', handoff, ...why, mayExist: entry.doubts > 0, at } as const];
  return { events, outcome: 'given_up', detail: 'nobody_there' };
}

/** With what the assistant knows, where its records can be asked: without them the chat opens all the same. */
async function remembering({ assistant }: CourierParts, request: OpenRequest, errand: Errand): Promise<OpenRequest> {
  try {
    const memory = await assistant.recall(errand.conversation.key, { correlation: errand.entry.correlation });
    return memory ? { ...request, memory } : request;
  } catch (error) {
    if (error instanceof ApiFailure) return request;
    throw error;
  }
}

/** The word in the first message by which a hand-off's chat is known again; the same at every attempt. */
export function handoffToken(key: ConversationKey, handoff: HandoffId): string {
  return `TC-${createHash('sha256').update(`${key}\n${handoff}`).digest('hex').slice(0, 12).toUpperCase()}`;
}

/** Asks Teams who the employee is, so that the agent sees a name and an e-mail address. Without an answer the chat opens all the same. */
export function identifyCourier({ messenger, clock }: CourierParts): Courier<Identify> {
  return {
    async carry({ conversation, entry }) {
      const profile = await messenger.profile(conversation.reference, { correlation: entry.correlation });
      return done([{ type: 'employee_identified', ...profile, at: clock.now() }]);
    },
    giveUp: () => [],
  };
}
