import type { State } from '../model/state';
import { faultForRow, matchesWords, type Subject } from './match';

/** Milliseconds after which reads see a row that is being written. */
export function lateness(state: State, subject: Subject, now: number): number {
  return faultForRow(state, 'lateRow', subject, now)?.rule.do.lateRow?.ms ?? 0;
}

/** The platform time that a row gets: its own, or the second that it has to share with others. */
export function rowTime(state: State, subject: Subject, now: number, platformTime: number): number {
  const running = state.faults.find((fault) => (fault.second?.left ?? 0) > 0 && matchesWords(fault, subject));
  if (running?.second) {
    running.second.left -= 1;
    return running.second.at;
  }
  const fault = faultForRow(state, 'sameSecond', subject, now);
  const count = fault?.rule.do.sameSecond?.n;
  if (!fault || count === undefined) return platformTime;
  fault.second = { at: wholeSecond(platformTime), left: count - 1 };
  return fault.second.at;
}

function wholeSecond(time: number): number {
  return Math.floor(time / 1000) * 1000;
}
