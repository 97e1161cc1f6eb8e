import type { Content } from '../../src/conversation/content';
import type { AssistantNews } from '../../src/conversation/effects';
import type { LiveChat } from '../../src/conversation/types';
import type { AssistantTurn, CallContext, Recipient } from '../../src/engine/ports';
import type { FakeClock } from '../support/world/fake-clock';
import { rowsOf } from '../support/world/fake-teams';
import type { AgentWords, Fault, Side, Utterance } from './history';

/** A turn of an employee's for which the channel got its 200. */
export interface Turn {
  readonly user: string;
  readonly turn: string;
  readonly text: string;
  readonly what: Utterance | 'install' | 'uninstall';
  readonly at: number;
}

/** A row that an agent wrote. */
export interface AgentRow {
  readonly user: string;
  readonly chat: string;
  readonly text: string;
  readonly what: AgentWords;
  readonly at: number;
}

/** What came to an employee's eyes. */
export interface Shown {
  readonly user: string;
  readonly content: Content;
  readonly repeat: boolean;
  readonly correlation: string;
  readonly at: number;
}

/** What the far sides saw, in order, and what was said to the connector; nothing of what the connector itself thinks. */
export class Journal {
  readonly turns: Turn[] = [];
  readonly rows: AgentRow[] = [];
  readonly shown: Shown[] = [];
  readonly asked: { readonly user: string; readonly text: string; readonly at: number }[] = [];
  readonly left: { readonly chat: string; readonly at: number }[] = [];
  /** Chats that an employee was brought into, as far as anybody could see. */
  readonly taken = new Set<string>();
  /** From then on nothing could be sent to this employee: she removed the bot, or Teams refused. */
  readonly silences: { readonly user: string; readonly at: number }[] = [];
  /** When sends left for an employee, signs included. */
  readonly sends: { readonly user: string; readonly at: number }[] = [];
  /** When calls ran into trouble. */
  readonly faults: { readonly side: Side; readonly call: string; readonly how: string; readonly at: number }[] = [];
  /** What happened how often, to see that the histories are worth their while. */
  readonly counts = new Map<string, number>();

  constructor(private readonly clock: FakeClock) {}

  count(what: string, times = 1): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + times);
  }

  /** A call leaves a process. */
  tried(side: Side, call: string, args: readonly unknown[], fault: Fault | undefined): void {
    const at = this.clock.now();
    if (fault) this.faults.push({ side, call, how: fault.how === 'refused' ? fault.kind : fault.how, at });
    if (call === 'tell') this.tookNews(args[1] as AssistantNews);
    if (side !== 'teams' || (call !== 'show' && call !== 'typing')) return;
    const user = (args[0] as Recipient).user.id;
    this.sends.push({ user, at });
    if (call === 'show') this.tookStatus(args[1] as Content);
    const isGone = fault?.how === 'refused' && (fault.kind === 'refused' || fault.kind === 'not_found');
    if (isGone && call === 'show') this.silences.push({ user, at });
  }

  /** A call takes effect at its far side. */
  happened(_: Side, call: string, args: readonly unknown[]): void {
    const at = this.clock.now();
    if (call === 'show') {
      const [to, content, { repeat }, { correlation }] = args as [Recipient, Content, { repeat: boolean }, CallContext];
      for (const one of rowsOf(content)) this.shown.push({ user: to.user.id, content: one, repeat, correlation, at });
    }
    if (call === 'ask') {
      const { message, key } = args[0] as AssistantTurn;
      this.asked.push({ user: key.split('|')[2] ?? '', text: message.text, at });
    }
    if (call === 'leave') this.left.push({ chat: (args[0] as LiveChat).id, at });
  }

  private tookNews(news: AssistantNews): void {
    if (news.event === 'chat_started') this.taken.add(news.chat);
  }

  private tookStatus(content: Content): void {
    if (content.kind === 'status') this.taken.add(content.status.chat);
  }
}
