import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { makeMetrics } from '../../src/http/metrics';

const read = (...path: string[]) => readFileSync(join(__dirname, '../..', ...path), 'utf8');

const dashboard = z
  .object({ panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })) })) })
  .parse(JSON.parse(read('ops', 'grafana.json')));
const alerts = z
  .object({
    groups: z.array(
      z.object({
        rules: z.array(
          z.object({
            alert: z.string(),
            expr: z.string(),
            for: z.string().optional(),
            labels: z.object({ severity: z.enum(['page', 'ticket']) }),
            annotations: z.object({ summary: z.string(), description: z.string().optional() }),
          }),
        ),
      }),
    ),
  })
  .parse(parse(read('ops', 'alerts.yaml')));

const expressions: [string, string][] = [
  ...dashboard.panels.flatMap(({ title, targets }) => targets.map(({ expr }): [string, string] => [title, expr])),
  ...alerts.groups.flatMap(({ rules }) => rules.map(({ alert, expr }): [string, string] => [alert, expr])),
];

/** The connector's own metrics with their labels, as they are written for Prometheus when each had something to tell. */
async function metricsOfTheProduct(): Promise<Map<string, string[]>> {
  const metrics = makeMetrics({ live: () => 1, lagMs: () => 1_000 });
  const { log } = metrics;
  metrics.turn(200, 0.01);
  metrics.event('taken');
  metrics.callback('kept');
  metrics.calls('rasa')('ask', 5, 'ok');
  log.info('effect_settled', { effect: 'post', outcome: 'given_up', detail: 'rejected' });
  log.info('effect_settled', { effect: 'post', outcome: 'done', waitedMs: 12 });
  log.warn('effect_failed', { effect: 'show', kind: 'unreachable', certain: false });
  log.info('turn_refused', { reason: 'token' });
  log.warn('read_failed', { kind: 'unreachable' });
  log.warn('upstream_left_alone', { upstream: 'rasa' });
  const at = Date.now();
  const chat = { id: 'c', openedAt: at - 60_000 };
  for (const phase of [
    { name: 'queued', chat },
    { name: 'connected', chat, since: at },
    { name: 'closing', chat, reason: 'user' },
  ])
    metrics.chat({ phase } as never);
  const found = new Map<string, string[]>();
  for (const [, name = '', labels = ''] of (await metrics.text()).matchAll(/^([a-z_]+)(?:\{([^}]*)\})? \S+$/gm)) {
    const base = name.replace(/_(bucket|sum|count)$/, '');
    const names = [...labels.matchAll(/(\w+)="/g)].map(([, label = '']) => label).filter((label) => label !== 'le');
    if (/^(connector|teams)_/.test(base)) found.set(base, names);
  }
  return found;
}

test('docs/metrics.md describes every metric of the connector with its labels, and no other', async () => {
  const rows = [...read('docs', 'metrics.md').matchAll(/^\| `(\w+)` \|([^|]*)\|/gm)];
  const described = rows.map(([, name = '', labels = '']) => [name, labels.match(/\w+/g) ?? []] as const);
  const sorted = (list: Iterable<readonly [string, readonly string[]]>) =>
    [...list].map(([name, labels]) => `${name} ${[...labels].sort()}`).sort();
  expect(sorted(described)).toEqual(sorted(await metricsOfTheProduct()));
});

test('every panel and every alert asks for metrics that there are, in words that Prometheus understands', async () => {
  const known = [...(await metricsOfTheProduct()).keys()];
  const input = JSON.stringify(expressions.map(([, expr]) => expr.replaceAll('$__rate_interval', '5m')));
  const output = execFileSync(process.execPath, [join(__dirname, 'promql.mjs')], { input, encoding: 'utf8' });
  const readings = z
    .array(z.object({ wrongAt: z.array(z.number()), metrics: z.array(z.string()) }))
    .parse(JSON.parse(output));
  expect(readings).toHaveLength(expressions.length);
  const isUnknown = (name: string) =>
    !known.includes(name.replace(/_(bucket|sum|count)$/, '')) && !/^process_/.test(name);
  const wrong = expressions.filter((_, at) => {
    const { wrongAt = [], metrics = [] } = readings[at] ?? {};
    return wrongAt.length > 0 || metrics.length === 0 || metrics.some(isUnknown);
  });
  expect(wrong).toEqual([]);
});

test('what was lost is counted by its reason, each row of a message that went out as one', async () => {
  const metrics = makeMetrics({ live: () => 0, lagMs: () => 0 });
  metrics.log.info('effect_settled', { effect: 'show', outcome: 'unknown', detail: 'unreachable', together: 2 });
  expect(await metrics.text()).toContain('connector_given_up_total{effect="show",reason="unreachable"} 3');
});

test('an employee who got her agent has waited since her chat was opened, and that is counted once', async () => {
  const metrics = makeMetrics({ live: () => 0, lagMs: () => 0 });
  const chat = { id: 'c', openedAt: 1_000 };
  const connected = { name: 'connected', chat, since: 61_000 };
  for (const phase of [{ name: 'queued', chat }, connected, connected]) metrics.chat({ phase } as never);
  expect(await metrics.text()).toMatch(/connector_queue_seconds_sum 60\n[\s\S]*connector_queue_seconds_count 1\n/);
});
