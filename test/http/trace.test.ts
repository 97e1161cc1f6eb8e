import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { trace as openTelemetry } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { ApiFailure } from '../../src/conversation/failures';
import type { TurnId } from '../../src/conversation/types';
import { makeHealth } from '../../src/http/health';
import { makeMetrics } from '../../src/http/metrics';
import { startServer } from '../../src/http/server';
import { flushTraces, makeTrace } from '../../src/http/trace';
import { MemoryStore } from '../../src/store/memory';
import { keyOf, sender, silentLog, World } from '../support/world/world';
import { type Listener, listen, wayTo } from './trace-listener';

let listener: Listener;
beforeEach(() => {
  listener = listen();
});
afterEach(() => listener.leave());

const way = (span: ReadableSpan | undefined) => (span ? wayTo(span, listener.spans()) : []);
const traces = (spans: readonly ReadableSpan[]) => [...new Set(spans.map((span) => span.spanContext().traceId))];

/** An agent has joined; what was told until then is forgotten. */
async function connected(options: ConstructorParameters<typeof World>[0] = {}): Promise<World> {
  const world = new World({ trace: makeTrace(), ...options });
  await world.says('/live_agent');
  world.serviceNow.accept();
  world.serviceNow.say('Beth', 'Hi');
  await world.tick(4);
  listener.forget();
  return world;
}

test('one trace leads from what the employee wrote to the row in ServiceNow', async () => {
  const world = await connected();
  await world.says('my screen is black', { turn: 'turn-7' });
  const row = world.serviceNow.chat.rows.find(({ text }) => text === 'my screen is black');
  const [carried] = listener.named('carry post');
  expect(carried?.attributes).toMatchObject({
    'connector.correlation': 'turn-7',
    'connector.attempt': 1,
    'connector.outcome': 'done',
    'connector.row': row?.id,
    'connector.live_chat_id': world.serviceNow.chat.live.id,
  });
  expect(way(listener.named('servicenow post')[0])).toEqual(['take user_spoke', 'carry post', 'servicenow post']);
  expect(traces(listener.spans())).toHaveLength(1);
});

test('one trace leads from an agent’s row to Teams', async () => {
  const world = await connected();
  const row = world.serviceNow.say('Beth', 'Is it plugged in?');
  await world.tick(2);
  expect(way(listener.named('teams show')[0])).toEqual(['take thread_read', 'carry show', 'teams show']);
  expect(listener.named('carry show')[0]?.attributes['connector.row']).toBe(row.id);
});

test('what an effect leads to belongs to its trace: from the question over the assistant’s answer to the chat', async () => {
  const world = new World({ trace: makeTrace() });
  await world.says('talk to live agent');
  expect(way(listener.named('servicenow open')[0])).toEqual([
    'take user_spoke',
    'carry ask',
    'carry open',
    'servicenow open',
  ]);
});

test('a trace goes on after the death of the process, with each attempt in it', async () => {
  const world = await connected();
  world.serviceNow.trouble = (call) => (call === 'post' ? { how: 'lost_before' } : undefined);
  await world.says('is anybody there');
  await world.restart();
  world.serviceNow.trouble = () => undefined;
  await world.passes(60_000);
  const attempts = listener.named('carry post');
  expect(attempts.length).toBeGreaterThan(1);
  expect(attempts.at(-1)?.attributes).toMatchObject({ 'connector.outcome': 'done', 'connector.in_doubt': true });
  expect(traces(attempts)).toHaveLength(1);
  expect(new Set(attempts.map((span) => way(span)[0]))).toEqual(new Set(['take user_spoke']));
});

test('a trace passes through a process to which nobody listens', async () => {
  const store = new MemoryStore();
  const first = new World({ trace: makeTrace(), store });
  first.assistant.trouble = () => ({ how: 'refused', kind: 'unreachable' });
  await first.says('talk to live agent', { turn: 'wish' });
  const silent = new World({ store });
  silent.serviceNow.trouble = () => ({ how: 'refused', kind: 'unreachable' });
  await silent.takeUp();
  await silent.passes(20_000);
  expect(silent.assistant.asked).toEqual(['talk to live agent']);
  const last = new World({ trace: makeTrace(), store });
  await last.takeUp();
  await last.passes(60_000);
  const [opened] = listener.named('servicenow open').slice(-1);
  expect(last.serviceNow.chats).toHaveLength(1);
  expect(way(opened)).toEqual(['take user_spoke', 'carry open', 'servicenow open']);
});

test('an attempt that fails says how, and so does the call', async () => {
  const world = await connected();
  world.serviceNow.trouble = (call) => (call === 'post' ? { how: 'refused', kind: 'throttled' } : undefined);
  await world.says('hello?');
  for (const name of ['carry post', 'servicenow post']) {
    const [span] = listener.named(name);
    expect(span?.attributes['error.type']).toBe('throttled');
    expect(span?.status).toEqual({ code: 2 });
    expect(span?.events).toEqual([]);
  }
});

test('looking for news leaves no trace while there is none', async () => {
  const world = await connected();
  await world.tick(30);
  expect(world.serviceNow.calls.filter((call) => call === 'glance').length).toBeGreaterThan(20);
  expect(listener.spans()).toEqual([]);
});

test('what happens because time passed begins a trace of its own, and the passing is in none', async () => {
  const world = new World({ trace: makeTrace() });
  await world.says('/live_agent');
  listener.forget();
  await world.passes(16 * 60_000);
  expect(await world.phase()).toBe('assisted');
  expect(way(listener.named('servicenow leave')[0])).toEqual(['carry leave', 'servicenow leave']);
  expect(listener.named('take time_passed')).toEqual([]);
});

test('no words and no names are in a trace, whatever happens, and docs/traces.md names every fact', async () => {
  const canaries = ['canary-words', 'canary-agent', 'canary-answer', 'canary-row', 'ANA'];
  const world = new World({ trace: makeTrace() });
  await world.says('canary-words hello');
  await world.says('talk to live agent canary-words');
  await world.says('/live_agent');
  world.serviceNow.accept();
  world.serviceNow.say('canary-agent', 'canary-row');
  await world.tick(4);
  await world.says('canary-words black');
  world.serviceNow.trouble = () => ({ how: 'refused', kind: 'refused', words: 'canary-answer' });
  await world.says('canary-words lost');
  await world.passes(120_000);
  const told = JSON.stringify(
    listener
      .spans()
      .map(({ name, attributes, events, status, links }) => ({ name, attributes, events, status, links })),
  );
  expect(listener.spans().length).toBeGreaterThan(20);
  expect(canaries.filter((canary) => told.includes(canary))).toEqual([]);
  const page = readFileSync(join(__dirname, '../../docs/traces.md'), 'utf8');
  const facts = listener.spans().flatMap(({ attributes }) => Object.keys(attributes));
  const named = (fact: string) => page.includes(`\`${fact.replace('connector.', '')}\``);
  expect([...new Set(facts)].filter((fact) => !named(fact))).toEqual([]);
});

test('an error of our own is told by its kind, never by its words', async () => {
  const work = () =>
    makeTrace().span({ name: 'work', kind: 'internal' }, () => Promise.reject(new TypeError('secret')));
  await expect(work()).rejects.toThrow('secret');
  expect(() =>
    makeTrace().span({ name: 'at once', kind: 'internal' }, () => {
      throw new ApiFailure({ upstream: 'rasa', kind: 'malformed', certain: true, message: 'secret' });
    }),
  ).toThrow('secret');
  const kinds = listener.spans().map(({ attributes, events }) => [attributes, events]);
  expect(kinds).toEqual([
    [{ 'error.type': 'TypeError' }, []],
    [{ 'error.type': 'malformed' }, []],
  ]);
});

test('work whose place in a trace is missing or damaged begins one', () => {
  const whole = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  const places = [
    undefined,
    '',
    'garbage',
    whole.replace('00-', 'ff-'),
    whole.replace(/0af.*?-/, `${'0'.repeat(32)}-`),
  ];
  const trace = makeTrace();
  for (const traceparent of places) trace.span({ name: 'lost', kind: 'consumer', under: { traceparent } }, () => {});
  trace.span({ name: 'found', kind: 'consumer', under: { traceparent: whole } }, () => {});
  expect(traces(listener.named('lost'))).toHaveLength(places.length);
  expect(listener.named('lost').map((span) => span.parentSpanContext)).toEqual(places.map(() => undefined));
  expect(listener.named('found')[0]?.parentSpanContext).toMatchObject({ spanId: 'b7ad6b7169203331', isRemote: true });
});

test('the answer to the channel is a part of the trace, and refused requests are in none', async () => {
  const trace = makeTrace();
  const world = new World({ trace });
  const server = await startServer({
    reception: {
      checkHeader: async (authorization) => (authorization === 'Bearer forged' ? { status: 401 } : undefined),
      receive: async () => {
        const message = { turn: 't1' as TurnId, text: 'hello', at: world.clock.now() };
        const event = { type: 'user_spoke', message, from: sender(), at: world.clock.now() } as const;
        await world.happens(event, { turn: 't1' as TurnId });
        return { status: 200 };
      },
    },
    isFull: () => false,
    health: makeHealth(async () => {}),
    metrics: makeMetrics({ live: () => 0, lagMs: () => 0 }),
    log: silentLog,
    trace,
    host: '127.0.0.1',
    port: 0,
  });
  const post = (authorization: string) =>
    fetch(`http://127.0.0.1:${server.port}/api/messages`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: '{"type":"message"}',
    });
  expect([(await post('Bearer forged')).status, (await post('Bearer good')).status]).toEqual([401, 200]);
  await world.settle();
  await server.close();
  expect(listener.named('turn').map(({ attributes }) => attributes)).toEqual([{ 'connector.status': 200 }]);
  expect(way(listener.named('rasa ask')[0])).toEqual(['turn', 'take user_spoke', 'carry ask', 'rasa ask']);
});

test('while nobody listens nothing is kept with an effect, and everything goes on as usual', async () => {
  listener.leave();
  const world = new World({ trace: makeTrace() });
  world.assistant.trouble = () => ({ how: 'refused', kind: 'unreachable' });
  await world.says('hello');
  const stored = await world.store.load(keyOf());
  expect(stored?.outbox).toHaveLength(1);
  expect(stored?.outbox.filter((entry) => 'traceparent' in entry)).toEqual([]);
  world.assistant.trouble = () => undefined;
  await world.passes(60_000);
  expect(world.assistant.asked).toEqual(['hello']);
  expect(await flushTraces(1_000)).toBe(true);
});

test('what was not handed over yet is at the end, for as long as there is time', async () => {
  const asked: string[] = [];
  const provider = (forceFlush: () => Promise<void>) => ({ getTracer: openTelemetry.getTracer, forceFlush });
  const outcomes: boolean[] = [];
  for (const flush of [
    async () => void asked.push('flushed'),
    () => new Promise<void>(() => {}),
    () => Promise.reject(),
  ]) {
    openTelemetry.disable();
    openTelemetry.setGlobalTracerProvider(provider(flush));
    outcomes.push(await flushTraces(20));
  }
  expect([asked, outcomes]).toEqual([['flushed'], [true, false, false]]);
});
