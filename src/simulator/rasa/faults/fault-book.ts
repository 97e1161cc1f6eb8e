import type { Area } from '../http/router';
import { type Random, seededRandom } from '../random';
import type { Fault, FaultRule } from './fault';

/** What is known about a request when faults are chosen. The sender is known once the body is read. */
export interface Target {
  readonly area: Area;
  readonly path: string;
  readonly sender: string | undefined;
}

interface Page {
  readonly rule: FaultRule;
  readonly random: Random;
  seen: number;
}

/** The faults that are ordered, and how far each has got. */
export class FaultBook {
  private pages: Page[] = [];

  order(rules: readonly FaultRule[]): void {
    this.pages = rules.map((rule) => ({ rule, random: seededRandom(rule.seed), seen: 0 }));
  }

  /** The faults for a request whose body is still unread. */
  beforeReading(target: Target): readonly Fault[] {
    return this.strike(target, true);
  }

  /** All other faults for a request. */
  afterReading(target: Target): readonly Fault[] {
    return this.strike(target, false);
  }

  private strike(target: Target, unread: boolean): readonly Fault[] {
    return this.pages.flatMap((page) => {
      if (isForUnread(page.rule.fault) !== unread || !fits(page.rule, target)) return [];
      const at = page.seen;
      page.seen += 1;
      return strikes(page, at) ? [page.rule.fault] : [];
    });
  }
}

function isForUnread(fault: Fault): boolean {
  return fault.kind === 'reset' && fault.when === 'unread';
}

function fits(rule: FaultRule, target: Target): boolean {
  if (rule.area !== 'any' && rule.area !== target.area) return false;
  if (rule.pathEnd !== undefined && !target.path.endsWith(rule.pathEnd)) return false;
  return rule.sender === undefined || rule.sender === target.sender;
}

function strikes({ rule, random }: Page, at: number): boolean {
  const drawn = random();
  if (rule.index !== undefined && ![rule.index].flat().includes(at)) return false;
  return rule.probability === undefined || drawn < rule.probability;
}
