import type { ServerTime } from '../../src/conversation/types';
import type { FakeChat } from '../support/world/fake-servicenow';
import type { AgentWords } from './history';
import type { Stage } from './stage';

/** What the agents do. They see only chats that are open. */
export class HelpDesk {
  private rows = 0;

  constructor(private readonly stage: Stage) {}

  accept(user: string): void {
    const chat = this.chatOf(user);
    if (!chat) return;
    this.stage.outside.serviceNow.accept(chat);
    this.stage.outside.journal.count('accepted');
  }

  transfer(user: string): void {
    const chat = this.chatOf(user);
    if (chat?.state !== 'in_progress') return;
    chat.state = 'waiting';
    this.stage.outside.journal.count('transferred');
  }

  close(user: string): void {
    const chat = this.chatOf(user);
    if (!chat) return;
    this.stage.outside.serviceNow.close('Beth', chat);
    this.stage.outside.journal.count('closed by the agent');
  }

  /** Everybody goes home, or is back. */
  queue(closed: boolean): void {
    this.stage.outside.serviceNow.closed = closed ? { words: 'We are back tomorrow' } : undefined;
    if (closed) this.stage.outside.journal.count('closed queue');
  }

  write(user: string, what: AgentWords, lateMs: number): void {
    const chat = this.chatOf(user);
    if (!chat) return;
    this.row(user, chat, what, lateMs);
    if (what === 'two at once') this.row(user, chat, what, lateMs);
  }

  private row(user: string, chat: FakeChat, what: AgentWords, lateMs: number): void {
    const { serviceNow, journal, clock } = this.stage.outside;
    this.rows += 1;
    const phrase = what === 'quotes the closing phrase' ? ', he has closed the support session' : '';
    const text = `to ${user} ${this.rows}${phrase}`;
    const at = what === 'late' ? { at: (serviceNow.now() - lateMs) as ServerTime } : {};
    serviceNow.say('Beth', text, { chat, workNote: what === 'work note', ...at });
    journal.rows.push({ user, chat: chat.live.id, text, what, at: clock.now() });
    journal.count(`agent: ${what}`);
  }

  chatOf(user: string): FakeChat | undefined {
    return this.stage.outside.serviceNow.chats.find((chat) => chat.request.user.id === user && chat.state !== 'ended');
  }
}
