import type { Config } from '../../config/config';
import type { Check } from '../check';
import { type Finding, good, risk } from '../finding';
import { readAs } from '../json';
import { queueShape } from './servicenow-queues';

const shortestIdleMs = 300_000;
/** Rasa lets the next turn of a conversation run beside one that takes longer. */
const rasaLockMs = 60_000;
const quickestAssistantMs = 5_000;

/** Whether the connector's own times cut people off, or contradict each other. */
export const timeouts: Check = {
  id: 'connector.timeouts',
  area: 'This connector',
  async look({ config, instance }) {
    const signedIn = await instance.signedIn();
    const wait =
      signedIn.state === 'in' ? readAs(signedIn.queue.text, queueShape)?.result.average_wait_time : undefined;
    const found = [...waiting(config, wait ?? ''), ...idle(config), ...retries(config), ...assistant(config)];
    return found.length > 0 ? found : [good('The time-outs of the connector cut nobody off.')];
  },
};

function waiting({ rules: { queueTimeoutMs } }: Config, average: string): Finding[] {
  const averageMs = millisecondsOf(average);
  if (queueTimeoutMs === 0 || averageMs === 0 || queueTimeoutMs > averageMs) return [];
  return [
    set(
      `QUEUE_TIMEOUT_MS (${minutes(queueTimeoutMs)}) is not longer than people wait on average (${minutes(averageMs)}).`,
      {
        why: 'Most people who wait for an agent are sent away before one comes.',
        step: `Set QUEUE_TIMEOUT_MS to ${averageMs * 3} or more (0 = never).`,
      },
    ),
  ];
}

function idle({ rules: { idleTimeoutMs } }: Config): Finding[] {
  if (idleTimeoutMs === 0 || idleTimeoutMs >= shortestIdleMs) return [];
  return [
    set(`IDLE_TIMEOUT_MS is ${minutes(idleTimeoutMs)}.`, {
      why: 'A chat ends while the employee tries what the agent asked for.',
      step: 'Set IDLE_TIMEOUT_MS to 1800000 (half an hour), or to 0 for never.',
    }),
  ];
}

function retries({ rules: { retryBudgetMs }, serviceNow: { timeoutMs } }: Config): Finding[] {
  if (retryBudgetMs === 0 || retryBudgetMs > timeoutMs) return [];
  return [
    set('SERVICENOW_TIMEOUT_MS is not shorter than SERVICENOW_RETRY_BUDGET_MS.', {
      why: 'One slow call uses up the whole time for retries, and ends the chat.',
      step: `Set SERVICENOW_RETRY_BUDGET_MS to at least ${timeoutMs * 3}, or SERVICENOW_TIMEOUT_MS to at most ${Math.floor(retryBudgetMs / 3)}.`,
    }),
  ];
}

function assistant({ rasa: { timeoutMs } }: Config): Finding[] {
  if (timeoutMs >= rasaLockMs) {
    return [
      set(`RASA_TIMEOUT_MS is ${minutes(timeoutMs)}, longer than Rasa keeps the turns of a conversation in order.`, {
        why: 'The next words of the same person are answered before, or never.',
        step: 'Set RASA_TIMEOUT_MS to 25000, in any case below 60000.',
      }),
    ];
  }
  if (timeoutMs >= quickestAssistantMs) return [];
  return [
    set(`RASA_TIMEOUT_MS is ${minutes(timeoutMs)}.`, {
      why: 'Answers that need a custom action are often later; the employee is told that the assistant does not answer.',
      step: 'Set RASA_TIMEOUT_MS to 25000.',
    }),
  ];
}

function set(what: string, { why, step }: { readonly why: string; readonly step: string }): Finding {
  return risk({ what, why, step, who: 'who runs the connector' });
}

const units: Readonly<Record<string, number>> = { day: 86_400_000, hour: 3_600_000, minute: 60_000, second: 1_000 };

/** ServiceNow writes a duration as `2 Minutes 10 Seconds`. Anything else is no duration. */
function millisecondsOf(text: string): number {
  const parts = [...text.matchAll(/(\d+)\s+(day|hour|minute|second)s?\b/gi)];
  return parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (units[unit.toLowerCase()] ?? 0), 0);
}

function minutes(milliseconds: number): string {
  return milliseconds < 60_000 ? `${milliseconds / 1_000} s` : `${Math.round(milliseconds / 6_000) / 10} min`;
}
