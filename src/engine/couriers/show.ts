import { type Content, inOne } from '../../conversation/content';
import type { Effect } from '../../conversation/effects';
import type { ConversationEvent } from '../../conversation/events';
import { ApiFailure } from '../../conversation/failures';
import { splitText } from '../../conversation/split';
import { splitRich } from '../../conversation/split-marked';
import type { Instant } from '../../conversation/types';
import type { Desk } from '../ports';
import { type Courier, type CourierParts, done, type Errand } from './courier';
import { withPicture } from './hand-over';

/** Texts shorter than this are not what makes a message too big. */
const shortestPart = 500;

type Show = Extract<Effect, { type: 'show' }>;
type Refresh = Extract<Effect, { type: 'refresh' }>;

/** Shows one message in Teams. After a lost answer it is shown once more, visibly marked: losing an agent's words would be worse. */
export function showCourier({ messenger, files, clock, desk }: CourierParts): Courier<Show> {
  return {
    async carry(errand) {
      const { effect, entry, conversation, inDoubt } = errand;
      const { reference, user } = conversation;
      const { correlation } = entry;
      const { content } = effect;
      const show = (part: Content) =>
        messenger.show({ reference, user }, part, { repeat: inDoubt || effect.again === true }, { correlation });
      const activity = await showWhole(await withPicture(content, files, { correlation }), show);
      tellAgent(desk, errand, 'shown');
      return done(shownEvents(effect, activity, clock.now()), activity);
    },
    giveUp: (errand, failure, at) => {
      const { effect } = errand;
      if (failure.certain) tellAgent(desk, errand, 'not_shown');
      return [{ type: 'show_failed', effect, how: howOf(failure), at }];
    },
  };
}

/** The agent's desk shows whether words arrived, where it can. A receipt that gets lost says nothing, and is not worth a delay. */
function tellAgent(desk: Desk, { effect, entry, conversation }: Errand<Show>, outcome: 'shown' | 'not_shown'): void {
  const { content } = effect;
  const { phase } = conversation;
  if (content.kind !== 'agent' || !('chat' in phase) || content.parts) return;
  desk.receipt?.(phase.chat, content.row, outcome, { correlation: entry.correlation }).catch(() => {});
}

/** What Teams finds too big is shown in smaller parts, one after the other; a text that is short already is not the reason. */
async function showWhole(
  content: Content,
  show: (part: Content) => Promise<string | undefined>,
): Promise<string | undefined> {
  try {
    return await show(content);
  } catch (error) {
    const parts = error instanceof ApiFailure && error.kind === 'too_large' ? smaller(content) : [];
    if (parts.length < 2) throw error;
    let last: string | undefined;
    for (const part of parts) last = await showWhole(part, show);
    return last;
  }
}

function smaller(content: Content): Content[] {
  if (content.kind === 'agent') {
    const { parts = [], ...words } = content;
    const half = Math.ceil(parts.length / 2);
    if (half > 1) return [parts.slice(0, half), parts.slice(half)].map((some) => ({ ...words, ...inOne(some) }));
    return (half === 1 ? parts : halves(words.text, splitRich)).map((text) => ({ ...words, text }));
  }
  const text = content.kind === 'assistant' ? (content.item.text ?? '') : '';
  return content.kind === 'assistant' ? halves(text).map((part) => ({ kind: 'assistant', item: { text: part } })) : [];
}

function halves(text: string, split = splitText): string[] {
  return text.length < shortestPart ? [] : split(text, Math.ceil(text.length / 2));
}

/** Only a message that is to be changed later has to be known again. */
function shownEvents({ content }: Show, activity: string | undefined, at: Instant): ConversationEvent[] {
  if (content.kind !== 'status' || activity === undefined) return [];
  return [{ type: 'status_shown', chat: content.status.chat, activity, at }];
}

/** Changes the message that tells how the chat stands. One that was never seen to arrive cannot be changed, and need not be. */
export function refreshCourier({ messenger }: CourierParts): Courier<Refresh> {
  return {
    async carry({ effect, entry, conversation }) {
      const { statusCard, reference, user } = conversation;
      const { status } = effect;
      if (statusCard?.chat !== status.chat) return done([], 'none');
      const { correlation } = entry;
      await messenger.update({ reference, user }, statusCard.activity, { kind: 'status', status }, { correlation });
      return done([], statusCard.activity);
    },
    giveUp: () => [],
  };
}

function howOf({ kind, certain }: ApiFailure): 'unreachable' | 'refused' | 'in_doubt' {
  if (kind === 'refused' || kind === 'not_found') return 'unreachable';
  return certain ? 'refused' : 'in_doubt';
}
