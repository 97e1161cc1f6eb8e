import type { LedgerEntry } from '../../src/engine/store';
import type { FakeChat } from '../support/world/fake-servicenow';
import type { AgentRow, Journal, Shown, Turn } from './journal';
import type { Stage } from './stage';

/** A chat as ServiceNow has it. */
export interface SeenChat {
  readonly id: string;
  readonly user: string;
  readonly openedAt: number;
  readonly ended: boolean;
  /** Nobody is there, and words wait until somebody is. */
  readonly wordsWait: boolean;
  readonly leaves: number;
  /** Texts of what was said before, and with the assistant meanwhile, as its agent reads them. */
  readonly brief: readonly string[];
  readonly handoff: string;
  /** The employee's words in it, in order. */
  readonly posted: readonly string[];
  /** What the connector itself told the agent. */
  readonly told: readonly string[];
  /** An agent closed it, before anybody left it. */
  readonly closed: boolean;
  /** Rows, in the order in which they became visible. */
  readonly rows: readonly { readonly author: string; readonly text: string; readonly at: number }[];
}

/** Everything that can be seen from outside at one moment. */
export interface Evidence extends Pick<Journal, 'asked' | 'left' | 'silences' | 'sends' | 'faults' | 'counts'> {
  /** Whether everybody has said goodbye and hello. */
  readonly isOver: boolean;
  readonly users: readonly string[];
  readonly now: number;
  readonly turns: readonly Turn[];
  readonly rows: readonly AgentRow[];
  readonly shown: readonly Shown[];
  readonly taken: ReadonlySet<string>;
  readonly chats: readonly SeenChat[];
  /** The ledger's entries of what was given up or is in doubt, with their words. */
  readonly doubtful: readonly (LedgerEntry & { readonly words: string })[];
  readonly states: boolean;
}

export async function evidenceOf({ outside, history }: Stage, isOver: boolean): Promise<Evidence> {
  const { journal, serviceNow, store, registry, clock } = outside;
  const { turns, rows, shown, asked, left, silences, sends, faults, taken } = journal;
  if (registry.handovers > 0) journal.counts.set('handovers', registry.handovers);
  if (registry.fenced > 0) journal.counts.set('fenced', registry.fenced);
  return {
    isOver,
    users: ['ana', 'bob', 'cleo'].slice(0, history.users),
    now: clock.now(),
    turns: [...turns],
    rows: [...rows],
    shown: [...shown],
    asked: [...asked],
    left: [...left],
    silences: [...silences],
    sends: [...sends],
    faults: [...faults],
    taken: new Set(taken),
    counts: new Map(journal.counts),
    chats: serviceNow.chats.map(seenChat),
    doubtful: await store.doubtful(),
    states: history.states,
  };
}

function seenChat({ live, request, rows, state, leaves, retold }: FakeChat): SeenChat {
  const own = rows
    .filter(({ author }) => author === 'self')
    .slice(1)
    .map(({ text }) => text);
  return {
    id: live.id,
    user: request.user.id,
    openedAt: live.openedAt,
    ended: state === 'ended',
    wordsWait: live.wordsWait === true && state === 'waiting',
    leaves,
    brief: [...request.handoff.transcript, ...retold].map(({ text }) => text),
    handoff: live.handoff,
    posted: own.filter((text) => !text.startsWith('<')),
    told: own.filter((text) => text.startsWith('<')),
    closed: rows.some(({ author, text }) => author === 'system' && text.startsWith('Beth')),
    rows: rows.map(({ author, text, at }) => ({ author, text, at })),
  };
}
