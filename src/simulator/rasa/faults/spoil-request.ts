import type { Bot } from '../bot/bot';
import { apiError, reasonFor, serverError } from '../http/errors';
import { type Answer, items, plain } from '../http/exchange';
import type { Fault } from './fault';
import type { Target } from './fault-book';

/** What a fault can do to the server as a whole. */
export interface Levers {
  readonly bot: Bot;
  undeclare(slots: readonly string[]): void;
  skewClock(ms: number): void;
  reloadModel(ms: number): void;
  restart(downMs: number): void;
}

/** Lets a fault act before the request is handled. What it returns is the answer; nobody else is asked then. */
export async function spoilRequest(
  fault: Fault,
  target: Target,
  levers: Levers,
  signal: AbortSignal,
): Promise<Answer | undefined> {
  meddle(fault, target, levers);
  await hold(fault, levers, signal);
  return instead(fault, target, levers);
}

/** Changes the server, and lets the request go on. */
function meddle(fault: Fault, { sender = 'default' }: Target, levers: Levers): void {
  if (fault.kind === 'lock stall') levers.bot.locks.stall(sender, fault.ms);
  if (fault.kind === 'undeclared slots') levers.undeclare(fault.slots);
  if (fault.kind === 'model reload') levers.reloadModel(fault.ms);
  if (fault.kind === 'clock skew') levers.skewClock(fault.ms);
  if (fault.kind === 'session expiry') levers.bot.trackers.expire(sender);
}

async function hold(fault: Fault, { bot }: Levers, signal: AbortSignal): Promise<void> {
  if (fault.kind !== 'delay') return;
  await bot.clock.sleep(fault.ms + Math.round(bot.random() * fault.jitterMs), signal);
}

/** The answers that come instead of the right one. */
function instead(fault: Fault, target: Target, levers: Levers): Answer | undefined {
  switch (fault.kind) {
    case 'hang':
      return { ...items([]), delivery: { how: 'never' } };
    case 'reset':
      return fault.when === 'midway' ? undefined : { ...items([]), delivery: { how: 'reset' } };
    case 'status':
      return statusAnswer(fault, target, levers);
    case 'empty':
      return fault.processed ? undefined : items([]);
    case 'html':
      return plain(200, '<!doctype html><title>Sign in</title><form><input name="user"></form>', 'text/html');
    case 'lost':
      return fault.processed ? undefined : { ...items([]), delivery: { how: fault.how } };
    case 'redirect':
      return { ...plain(fault.status, ''), headers: { location: fault.to } };
    case 'restart':
      levers.restart(fault.downMs);
      return { ...items([]), delivery: { how: 'reset' } };
  }
}

function statusAnswer(fault: Extract<Fault, { kind: 'status' }>, { area }: Target, { bot }: Levers): Answer {
  const headers: Record<string, string> =
    fault.retryAfterSec === undefined ? {} : { 'retry-after': String(fault.retryAfterSec) };
  return { ...statusBody(fault.status, area === 'api', bot), headers };
}

function statusBody(status: number, isApi: boolean, { settings }: Bot): Answer {
  const reason = isApi ? reasonFor(status) : undefined;
  if (reason) return apiError(settings.version, { reason, message: 'This error was ordered.' });
  if (status === 500)
    return serverError(500, 'The server encountered an internal error and cannot complete your request.');
  const page = `<html><head><title>${status}</title></head><body><h1>${status}</h1><hr>proxy</body></html>`;
  return plain(status, page, 'text/html');
}
