import type { ChatState } from '../../conversation/events';
import { cleanInline } from '../clean';
import { isQuestion } from './choices';
import type { BotOptions } from './options';
import type { Arrival } from './rows';
import type { Item, Kept } from './schema';

/** How a chat stands, by all that came for it. */
export interface Standing {
  readonly state: 'asked' | 'waiting' | 'in_progress' | 'ended';
  readonly agent?: string;
  readonly wait?: string;
  /** ServiceNow's own assistant has asked something before an agent could be found. */
  readonly question?: Item;
}

/** Somebody was asked for, and nothing is known yet. */
export const asked: Standing = { state: 'asked' };

/** What all that came says, from where another look has left off. */
export function standingAfter(before: Standing, arrivals: readonly Arrival[], options: BotOptions): Standing {
  return arrivals.reduce((standing, { body }) => after(standing, body, options), before);
}

/** An end is final: whatever says so first. */
function after(standing: Standing, kept: Kept, options: BotOptions): Standing {
  const { item, completed, takeControl } = kept;
  if (standing.state === 'ended') return standing;
  if (completed || takeControl) return { ...standing, state: 'ended' };
  if (!item) return standing;
  if (item.uiType === 'ActionMsg') return afterAction(standing, item, options);
  if (item.agentInfo?.sentFromAgent) return inProgress(standing, item.agentInfo.agentName);
  // Its own assistant answers again: the end was lost on its way, or is still to come.
  if (standing.state === 'in_progress') return kept.withAgent ? standing : { ...standing, state: 'ended' };
  if (isQuestion(item)) return { ...standing, question: item };
  return standing;
}

function afterAction(standing: Standing, item: Item, options: BotOptions): Standing {
  switch (item.actionType) {
    case 'SubscribeToSupportQueue':
      return { state: 'waiting' };
    case 'StartSpinner':
      return item.spinnerType === 'wait_time' ? waiting(standing, item) : standing;
    case 'SwitchToLiveAgent':
      return inProgress(standing, undefined);
    case 'SwitchToVirtualAgent':
      return { ...standing, state: 'ended' };
    case 'System': {
      const [, name] = new RegExp(options.enteredPattern, 'i').exec(item.message ?? '') ?? [];
      return name ? inProgress(standing, name) : standing;
    }
    default:
      return standing;
  }
}

function waiting(standing: Standing, { waitTime }: Item): Standing {
  if (standing.state === 'in_progress') return standing;
  return { state: 'waiting', ...(waitTime ? { wait: cleanInline(waitTime) } : {}) };
}

function inProgress(standing: Standing, name: string | undefined): Standing {
  const agent = name ? cleanInline(name) : standing.agent;
  return { state: 'in_progress', ...(agent ? { agent } : {}) };
}

/** The same in the core's words. */
export function chatState({ state, wait, agent }: Standing): ChatState {
  if (state === 'asked') return { state: 'waiting' };
  return { state, ...(wait ? { wait } : {}), ...(agent ? { agent } : {}) };
}
