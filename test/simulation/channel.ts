import type { ConversationEvent } from '../../src/conversation/events';
import type { Instant, TurnId } from '../../src/conversation/types';
import { sender } from '../support/world/world';
import type { Utterance } from './history';
import type { Turn } from './journal';
import type { Stage } from './stage';

const againAfterMs = 1_000;

type Letter = Omit<Turn, 'at'>;

/** What brings turns to the connector: in order for each employee, and again and again until it got its 200. */
export class Channel {
  private readonly lines = new Map<string, Promise<void>>();
  private readonly letters: Letter[] = [];

  constructor(private readonly stage: Stage) {}

  /** An employee writes. `twice`: the channel delivers it to two processes, or to one, at the same moment. */
  say(user: string, what: Utterance, to: number, twice: boolean): void {
    const number = this.letters.length + 1;
    const letter = { user, what, turn: `t${number}`, text: textOf(what, user, number) };
    this.send(letter, to, twice);
  }

  install(user: string, what: 'install' | 'uninstall', to: number): void {
    this.send({ user, what, turn: `t${this.letters.length + 1}`, text: what }, to, false);
  }

  /** The channel did not notice that an older turn had arrived. */
  redeliver(user: string, back: number, to: number): void {
    const own = this.stage.outside.journal.turns.filter((turn) => turn.user === user);
    const letter = own.at(-1 - back);
    if (letter) void this.attempt(letter, to);
  }

  private send(letter: Letter, to: number, twice: boolean): void {
    this.letters.push(letter);
    const before = this.lines.get(letter.user) ?? Promise.resolve();
    this.lines.set(
      letter.user,
      before.then(() => this.bring(letter, to, twice)),
    );
  }

  private async bring(letter: Letter, to: number, twice: boolean): Promise<void> {
    const { journal, clock } = this.stage.outside;
    for (let attempt = to; ; attempt += 1) {
      const other = twice && attempt === to ? this.attempt(letter, attempt + 1) : undefined;
      const arrived = await this.attempt(letter, attempt);
      if (arrived || (await other)) break;
      await new Promise<void>((resolve) => void clock.after(againAfterMs, resolve));
    }
    journal.turns.push({ ...letter, at: clock.now() });
    journal.count(letter.what);
    if (letter.what === 'uninstall') journal.silences.push({ user: letter.user, at: clock.now() });
  }

  private attempt({ user, turn, what, text }: Letter, to: number): Promise<boolean> {
    const place = to % this.stage.history.processes;
    return this.stage.deliver(place, user, turn, (time): ConversationEvent => {
      const at = time as Instant;
      const from = sender(user);
      if (what === 'install') return { type: 'app_installed', from, at };
      if (what === 'uninstall') return { type: 'app_uninstalled', from, at };
      return { type: 'user_spoke', message: { turn: turn as TurnId, text, at }, from, at };
    });
  }
}

function textOf(what: Utterance, user: string, number: number): string {
  switch (what) {
    case 'words':
      return `${user} ${number}`;
    case 'asks for an agent':
      return `${user} ${number}: a live agent, please`;
    case 'quotes the closing phrase':
      return `${user} ${number}: she has closed the support session`;
    default:
      return what;
  }
}
