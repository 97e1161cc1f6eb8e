import type { HandoffRequest } from '../conversation/handoff-request';
import { type Fields, isFields } from './schema';

/** Names by which a bot can say where a hand-off goes. */
export interface HandoffTargets {
  /** Keys of the configured queues. */
  readonly queues: readonly string[];
  /** Further names of the default queue. */
  readonly hosts: readonly string[];
}

/** Always the default queue, whatever is configured. */
const defaultQueue: ReadonlySet<string> = new Set(['servicenow', 'live_agent']);
const longest = { reason: 4_000, summary: 4_000, title: 200 };

/** The queue that a name stands for; `undefined` for an address, and for a name that nobody configured. */
export function targetNamed(name: unknown, targets: HandoffTargets): { readonly queue?: string } | undefined {
  const wanted = asText(name)?.toLowerCase();
  if (wanted === undefined || /^https?:/.test(wanted)) return undefined;
  if (defaultQueue.has(wanted)) return {};
  const queue = targets.queues.find((one) => one.toLowerCase() === wanted);
  if (queue !== undefined) return { queue };
  return targets.hosts.some((one) => one.trim().toLowerCase() === wanted) ? {} : undefined;
}

/** What a bot's hand-off payload asks for. A queue that nobody configured means the default one; unknown keys are kept. */
export function requestFrom(details: Fields, targets: HandoffTargets): HandoffRequest {
  const { reason, summary, short_description, title, fields, ...others } = details;
  const target = [others.queue, others.to, others.handoff_host]
    .map((name) => targetNamed(name, targets))
    .find((found) => found !== undefined);
  const known = {
    reason: asText(reason, longest.reason),
    summary: asText(summary, longest.summary) ?? asText(short_description, longest.summary),
    title: asText(title, longest.title),
    queue: target?.queue,
  };
  const rest = { ...others, ...(isFields(fields) ? fields : {}) };
  const kept = Object.entries(rest).filter(([key, value]) => !isTarget(key, value, targets));
  return {
    ...Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)),
    ...(kept.length > 0 ? { fields: Object.fromEntries(kept) } : {}),
  };
}

function isTarget(key: string, value: unknown, targets: HandoffTargets): boolean {
  return ['queue', 'to', 'handoff_host'].includes(key) && targetNamed(value, targets) !== undefined;
}

function asText(value: unknown, length = 200): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  return String(value).trim().slice(0, length) || undefined;
}
