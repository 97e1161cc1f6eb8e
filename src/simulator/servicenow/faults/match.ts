import { chance } from '../model/ids';
import type { State } from '../model/state';
import type { FaultAction, FaultRecord } from './rule';

/** What a rule is held against: a request, or a row that is being written. */
export interface Subject {
  readonly method?: string;
  readonly path?: string;
  readonly user?: string;
  readonly chat?: string;
  readonly body?: string;
}

const rowActions: readonly (keyof FaultAction)[] = ['lateRow', 'sameSecond'];
const ambientActions: readonly (keyof FaultAction)[] = ['skew'];

/** The first rule for requests that matches this one and is due; its counts move on. */
export function faultForRequest(state: State, subject: Subject, now: number): FaultRecord | undefined {
  return state.faults.find(
    (fault) => concernsRequests(fault) && matchesRequest(fault, subject) && isDue(state, fault, now),
  );
}

/** The first rule with this row action that matches the row and is due; its counts move on. */
export function faultForRow(
  state: State,
  action: 'lateRow' | 'sameSecond',
  subject: Subject,
  now: number,
): FaultRecord | undefined {
  return state.faults.find(
    (fault) => fault.rule.do[action] && !fault.second && matchesWords(fault, subject) && isDue(state, fault, now),
  );
}

/** The first rule for callbacks that matches this one and is due; its counts move on. */
export function faultForCallback(state: State, subject: Subject, now: number): FaultRecord | undefined {
  return state.faults.find(
    (fault) => namesOf(fault).some(isOfCallbacks) && matchesWords(fault, subject) && isDue(state, fault, now),
  );
}

/** True while the time window of the rule is open. */
export function inWindow(fault: FaultRecord, now: number): boolean {
  const { fromMs = 0, toMs = Number.POSITIVE_INFINITY } = fault.rule.when;
  const age = now - fault.addedAt;
  return age >= fromMs && age < toMs;
}

function concernsRequests(fault: FaultRecord): boolean {
  const others = [...rowActions, ...ambientActions];
  return namesOf(fault).some((name) => !others.includes(name) && !isOfCallbacks(name));
}

function namesOf(fault: FaultRecord): (keyof FaultAction)[] {
  return Object.keys(fault.rule.do) as (keyof FaultAction)[];
}

function isOfCallbacks(name: keyof FaultAction): boolean {
  return name.startsWith('cb.');
}

function matchesRequest(fault: FaultRecord, subject: Subject): boolean {
  const { method, path } = fault.rule.match;
  if (method && method.toUpperCase() !== subject.method) return false;
  if (path && !new RegExp(path).test(subject.path ?? '')) return false;
  return matchesWords(fault, subject);
}

/** True when user, chat and text are those that the rule asks for; method and path are not looked at. */
export function matchesWords(fault: FaultRecord, subject: Subject): boolean {
  const { user, chat, body } = fault.rule.match;
  if (user && user !== subject.user) return false;
  if (chat && chat !== subject.chat) return false;
  return !body || new RegExp(body).test(subject.body ?? '');
}

function isDue(state: State, fault: FaultRecord, now: number): boolean {
  if (!inWindow(fault, now)) return false;
  const { nth, every, times, probability } = fault.rule.when;
  fault.matched += 1;
  if (times !== undefined && fault.fired >= times) return false;
  if (nth !== undefined && fault.matched !== nth) return false;
  if (every !== undefined && fault.matched % every !== 0) return false;
  if (probability !== undefined && chance(`${state.seed}:${fault.id}:${fault.matched}`) >= probability) return false;
  fault.fired += 1;
  return true;
}
