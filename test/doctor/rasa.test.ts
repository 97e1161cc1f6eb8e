import type { RasaOptions } from '../../src/simulator/rasa/simulator';
import { startServer } from '../rasa/rasa-side';
import { onlyTroubleOf, type SetUp, startSetUp, troubles } from './set-up';

let setUp: SetUp;
afterEach(() => setUp.close());

const onlyTrouble = (env?: NodeJS.ProcessEnv) => onlyTroubleOf(setUp, env);

async function startWith(options: RasaOptions = {}): Promise<void> {
  setUp = await startSetUp(options);
}

describe('the server', () => {
  beforeEach(() => startWith());

  test('nothing listens there', async () => {
    const { url } = setUp.rasa;
    await setUp.rasa.close();
    expect(await onlyTrouble({ RASA_URL: url })).toContain('(RASA_URL) cannot be reached: nothing listens');
  });

  test('the REST channel is off', async () => {
    const server = await startServer(({ path }) =>
      path === '/'
        ? { text: 'Hello from Rasa: 3.6.21', headers: { 'content-type': 'text/plain' } }
        : { status: 404, json: { description: 'Not Found', status: 404, message: `Requested URL ${path} not found` } },
    );
    const found = troubles(await setUp.doctor({ RASA_URL: server.url, RASA_TRACKER: '' }));
    expect(found).toContain('rasa.server broken: Rasa has no REST channel (404).');
    expect(found.filter((line) => line.includes('broken'))).toHaveLength(1);
    await server.close();
  });

  test('a gateway wants a header', async () => {
    const server = await startServer(({ headers }) =>
      headers['x-gateway-key'] === 'right'
        ? { text: 'Hello from Rasa: 3.6.21' }
        : { status: 401, text: '<html>no</html>' },
    );
    const found = troubles(await setUp.doctor({ RASA_URL: server.url, RASA_TRACKER: '' }));
    expect(found[0]).toBe('rasa.server broken: A gateway in front of Rasa refuses the connector (401).');
    const withHeader = { RASA_URL: server.url, RASA_TRACKER: '', RASA_HEADERS: '{"x-gateway-key":"right"}' };
    expect((await setUp.doctor(withHeader)).findings.map(({ what }) => what)).toContainEqual(
      expect.stringContaining('is Rasa 3.6.21'),
    );
    await server.close();
  });

  test('another server answers', async () => {
    const server = await startServer(() => ({
      text: '<html>It works!</html>',
      headers: { 'content-type': 'text/html' },
    }));
    const found = troubles(await setUp.doctor({ RASA_URL: server.url, RASA_TRACKER: '' }));
    expect(found).toContain('rasa.server risk: What answers at RASA_URL does not greet as Rasa does (200).');
    expect(found).toContain('rasa.server broken: Rasa has no REST channel (200).');
    await server.close();
  });

  test('a proxy without a Rasa behind it', async () => {
    setUp.rasa.faults([{ area: 'any', fault: { kind: 'status', status: 502 } }]);
    const found = troubles(await setUp.doctor());
    expect(found[0]).toContain('rasa.server broken:');
    expect(found[0]).toContain('answers 502');
  });
});

describe('the model', () => {
  test('none is loaded', async () => {
    await startWith({ modelLoaded: false });
    const found = troubles(await setUp.doctor());
    expect(found[0]).toBe('rasa.model broken: Rasa runs without a model.');
    expect(found.filter((line) => line.includes('broken'))).toHaveLength(1);
  });

  test('the token of the API is wrong', async () => {
    await startWith();
    const found = troubles(await setUp.doctor({ RASA_TOKEN: 'wrong' }));
    expect(found[0]).toBe("rasa.model broken: Rasa's HTTP API refuses the connector (401).");
    expect(found.filter((line) => line.includes('broken'))).toHaveLength(1);
  });

  test('cannot be seen while the API is off', async () => {
    await startWith({ enableApi: false });
    const { code, findings } = await setUp.doctor({ RASA_TRACKER: '' });
    expect(code).toBe(0);
    expect(findings.find(({ check }) => check === 'rasa.model')).toMatchObject({ verdict: 'unseen' });
  });
});

describe('the tracker', () => {
  test('is to be used and is not there', async () => {
    await startWith({ enableApi: false });
    const found = troubles(await setUp.doctor());
    expect(found.filter((line) => line.includes('broken'))).toEqual([
      "rasa.tracker broken: RASA_TRACKER=1 is set, but Rasa's HTTP API is off (404).",
    ]);
  });

  test('is there and not used', async () => {
    await startWith();
    expect(await onlyTrouble({ RASA_TRACKER: '' })).toContain('rasa.tracker risk:');
  });

  test('lacks slots', async () => {
    await startWith({ declaredSlots: ['handoff_active', 'live_chat_id'] });
    const { findings } = await setUp.doctor();
    expect(findings.find(({ check, verdict }) => check === 'rasa.tracker' && verdict === 'risk')).toMatchObject({
      what: 'The domain does not declare live_chat_user, live_chat_last_updated.',
      step: expect.stringContaining(
        'live_chat_user: {type: any, influence_conversation: false, mappings: [{type: custom}]}',
      ),
    });
  });
});

describe('the hand-off', () => {
  const slots = Object.fromEntries(
    ['handoff_active', 'live_chat_id', 'live_chat_user', 'live_chat_last_updated'].map((name) => [
      name,
      { type: 'any' },
    ]),
  );

  /** What is said of the hand-off of a bot with this domain. */
  async function saidOf(domain: object, env: NodeJS.ProcessEnv = {}): Promise<string[]> {
    await startWith();
    const answers: Readonly<Record<string, unknown>> = {
      '/webhooks/rest/': { status: 'ok' },
      '/version': { version: '3.6.21' },
      '/status': { model_id: 'one' },
      '/domain': domain,
    };
    const server = await startServer(({ path }) =>
      path === '/' ? { text: 'Hello from Rasa: 3.6.21' } : { json: answers[path] ?? null },
    );
    const { findings } = await setUp.doctor({ RASA_URL: server.url, ...env });
    await server.close();
    return findings.filter(({ check }) => check === 'rasa.handoff').map(({ verdict, what }) => `${verdict}: ${what}`);
  }

  test('nothing calls for a person', async () => {
    const domain = { slots: {}, responses: { utter_sorry: [{ text: 'There is nobody.' }] }, actions: [] };
    expect(await saidOf(domain)).toEqual(['broken: Nothing that the bot says calls for a live agent.']);
  });

  test('whether code calls for a person cannot be seen', async () => {
    const domain = { slots: {}, responses: {}, actions: ['action_transfer', { action_ticket: {} }] };
    expect(await saidOf(domain)).toEqual([expect.stringMatching(/^risk: .* one of its 2 custom actions does/)]);
  });

  test('an action calls for a person, which only the tracker shows', async () => {
    const domain = { slots: {}, responses: {}, actions: ['action_live_agent'] };
    expect(await saidOf(domain, { RASA_TRACKER: '' })).toEqual([
      'broken: The bot calls for a live agent by action_live_agent, which only shows in the tracker, and the tracker is not used.',
    ]);
    await setUp.close();
    expect(await saidOf(domain)).toEqual(['good: The bot can call for a live agent (action: action_live_agent).']);
  });

  test.each([
    ['payload', { custom: { handoff: true } }],
    ['payload', { text: 'One moment.', custom: { action: 'handoff' } }],
    ['host', { custom: { handoff_host: 'servicenow' } }],
    ['marker', { text: 'handoff_to_human' }],
  ])('a response with the %s %j calls for a person', async (form, variation) => {
    expect(await saidOf({ slots, responses: { utter_it: [variation] } })).toEqual([
      `good: The bot can call for a live agent (${form}: utter_it).`,
    ]);
  });

  test('an address of another bot is no hand-off', async () => {
    const responses = { utter_other_bot: [{ custom: { handoff_host: 'https://facilities.example' } }] };
    expect(await saidOf({ responses })).toEqual(['broken: Nothing that the bot says calls for a live agent.']);
  });
});
