import { makeHealth } from '../../src/http/health';
import { makeMetrics } from '../../src/http/metrics';

const well = () => Promise.resolve();

test('a far side that is left alone is down until it is called again', async () => {
  const health = makeHealth(well);
  health.log.warn('upstream_left_alone', { upstream: 'rasa', kind: 'unreachable' });
  expect(await health.readiness()).toMatchObject({ status: 'degraded', checks: { rasa: 'down', servicenow: 'ok' } });
  health.log.info('upstream_again', { upstream: 'rasa' });
  expect(await health.readiness()).toMatchObject({ status: 'ok', checks: { rasa: 'ok' } });
});

test('chats that cannot be read make ServiceNow down until they can be read again', async () => {
  const health = makeHealth(well);
  health.log.info('reading_disturbed', { chats: 3 });
  expect((await health.readiness()).checks.servicenow).toBe('down');
  health.log.info('reading_again', { chats: 3 });
  expect((await health.readiness()).checks.servicenow).toBe('ok');
});

test('a store that cannot be used is down, and so is the whole', async () => {
  const health = makeHealth(() => Promise.reject(new Error('away')));
  expect(await health.readiness()).toMatchObject({ status: 'down', checks: { store: 'down' } });
});

test('what happens far away cannot name a check that does not exist', async () => {
  const health = makeHealth(well);
  health.log.warn('upstream_left_alone', { upstream: 'connector' });
  expect(Object.keys((await health.readiness()).checks).sort()).toEqual(['rasa', 'servicenow', 'store', 'teams']);
});

test('the metrics show which far side is left alone, and count sends of which nobody knows whether they were shown', async () => {
  const metrics = makeMetrics({ live: () => 0, lagMs: () => 0 });
  metrics.log.warn('upstream_left_alone', { upstream: 'teams' });
  metrics.log.warn('effect_failed', { effect: 'show', kind: 'unreachable', certain: false });
  metrics.log.warn('effect_failed', { effect: 'show', kind: 'throttled', certain: true });
  const text = await metrics.text();
  expect(text).toContain('connector_upstream_left_alone{upstream="teams"} 1');
  expect(text).toContain('teams_ambiguous_total 1');
  metrics.log.info('upstream_again', { upstream: 'teams' });
  expect(await metrics.text()).toContain('connector_upstream_left_alone{upstream="teams"} 0');
});
