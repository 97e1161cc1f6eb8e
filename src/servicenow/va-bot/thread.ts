import type { ChatId, Cursor, LiveChat, TurnId } from '../../conversation/types';
import type { ChatGlance, ThreadReading } from '../../engine/ports';
import type { BotParts } from './parts';
import { type Arrival, arrivalsOf, readUpTo, rowOf } from './rows';
import { asked, chatState, type Standing, standingAfter } from './standing';

interface Known {
  readonly seq: number;
  readonly standing: Standing;
}

/**
 * The threads that callbacks make up, as the inbox holds them: nobody is called for a read. What is remembered of a chat saves reading
 * it from its beginning; nothing of it outlives the process.
 */
export class Threads {
  private readonly known = new Map<string, Known>();

  constructor(private readonly parts: Pick<BotParts, 'inbox' | 'options' | 'url'>) {}

  async read(chat: LiveChat, cursor: Cursor): Promise<ThreadReading> {
    const { options, url: instance } = this.parts;
    const from = readUpTo(cursor);
    const { arrivals, standing, seq } = await this.follow(chat.id, from);
    const rows = arrivals.flatMap((one) => {
      const row = one.seq > from ? rowOf(one, { instance, options }) : undefined;
      return row ? [{ ...row, ...missedBy(one, standing) }] : [];
    });
    return { rows, state: chatState(standing), mark: String(seq) };
  }

  /** How a chat stands, and all that came for it. */
  async whole(chat: ChatId): Promise<{ readonly arrivals: readonly Arrival[]; readonly standing: Standing }> {
    const arrivals = arrivalsOf(await this.parts.inbox.after(chat, 0));
    return { arrivals, standing: standingAfter(asked, arrivals, this.parts.options) };
  }

  /** How a chat stands by now; only what is new is read. */
  async standing(chat: ChatId): Promise<Standing> {
    return (await this.follow(chat, Number.MAX_SAFE_INTEGER)).standing;
  }

  /** Of each chat the newest that came. One that was not read here yet is missing: it is read by itself. */
  async glance(chats: readonly LiveChat[]): Promise<ReadonlyMap<string, ChatGlance>> {
    const live = new Set<string>(chats.map((chat) => chat.id));
    for (const id of this.known.keys()) if (!live.has(id)) this.known.delete(id);
    const newest = await this.parts.inbox.newest([...live]);
    const glances = new Map<string, ChatGlance>();
    for (const [id, { standing }] of this.known) {
      glances.set(id, { mark: String(newest.get(id) ?? 0), state: chatState(standing) });
    }
    return glances;
  }

  private async follow(chat: ChatId, from: number) {
    const before = this.known.get(chat) ?? { seq: 0, standing: asked };
    const arrivals = arrivalsOf(await this.parts.inbox.after(chat, Math.min(from, before.seq)));
    const fresh = arrivals.filter(({ seq }) => seq > before.seq);
    const standing = standingAfter(before.standing, fresh, this.parts.options);
    const seq = fresh.at(-1)?.seq ?? before.seq;
    this.known.set(chat, { seq, standing });
    return { arrivals, standing, seq };
  }
}

/** The turn of the words that ServiceNow's own assistant answers although an agent should have got them. */
function missedBy({ body }: Arrival, { state, agent }: Standing): { missed?: TurnId } {
  const { item, request = '', withAgent } = body;
  const turn = /^TC-[^/]+\/(.+)$/s.exec(request)?.[1];
  const isAnswer = item !== undefined && item.uiType !== 'ActionMsg' && !item.agentInfo?.sentFromAgent && !withAgent;
  return turn !== undefined && isAnswer && state === 'ended' && agent !== undefined ? { missed: turn as TurnId } : {};
}
