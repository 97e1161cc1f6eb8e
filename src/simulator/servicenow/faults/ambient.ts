import type { State } from '../model/state';
import { inWindow } from './match';

/** How far the rules in force push the platform's clock, in milliseconds. */
export function ambientSkew(state: State, now: number): number {
  return state.faults.reduce((sum, fault) => sum + (inWindow(fault, now) ? (fault.rule.do.skew?.ms ?? 0) : 0), 0);
}
