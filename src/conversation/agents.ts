import type { Effect } from './effects';
import type { ThreadRow } from './events';
import { notice } from './step';
import type { ChatPhase, RowId } from './types';

/** Agents of one chat that are remembered. */
const mostAgents = 10;

interface Who {
  readonly agent?: string;
  readonly earlier: readonly string[];
  /** Rows with which somebody begins who has not written in this chat. */
  readonly first: readonly RowId[];
}

/** Another agent goes on in a chat: the rows with which each of them begins. Two who take turns are named once. */
export function newAgents(phase: ChatPhase, words: readonly ThreadRow[]): readonly RowId[] {
  return follow(phase, words).first;
}

/** The agents who wrote before the one who wrote last. */
export function earlierAgents(phase: ChatPhase, words: readonly ThreadRow[]): Pick<ChatPhase, 'earlier'> {
  const { earlier } = follow(phase, words);
  return earlier.length === 0 ? {} : { earlier };
}

/** What is said before the first words of another agent. */
export function introduced({ id, name }: ThreadRow, first: readonly RowId[]): Effect[] {
  return name !== undefined && first.includes(id) ? [notice({ key: 'agent_changed', agent: name })] : [];
}

function follow(phase: ChatPhase, words: readonly ThreadRow[]): Who {
  const known = phase.name === 'connected' && phase.agent !== undefined ? { agent: phase.agent } : {};
  return words.reduce<Who>(next, { ...known, earlier: phase.earlier ?? [], first: [] });
}

function next({ agent, earlier, first }: Who, { id, name }: ThreadRow): Who {
  if (name === undefined || name === agent) return { agent, earlier, first };
  if (agent === undefined) return { agent: name, earlier, first };
  const before = earlier.includes(agent) ? earlier : [...earlier, agent].slice(-mostAgents);
  return { agent: name, earlier: before, first: earlier.includes(name) ? first : [...first, id] };
}
