import { makeQueue } from '../../src/simulator/servicenow/model/fixture';
import { startServer } from '../rasa/rasa-side';
import { itDesk, onlyTroubleOf, type SetUp, startSetUp, troubles } from './set-up';

let setUp: SetUp;
beforeEach(async () => {
  setUp = await startSetUp();
});
afterEach(() => setUp.close());

const onlyTrouble = (env?: NodeJS.ProcessEnv) => onlyTroubleOf(setUp, env);

describe('the address', () => {
  test('a name that does not exist', async () => {
    const [found] = troubles(await setUp.doctor({ SERVICENOW_URL: 'https://no-such-name.invalid' }));
    expect(found).toMatch(
      /^servicenow\.address broken: no-such-name\.invalid \(SERVICENOW_URL\) cannot be reached: (its name is not known to DNS|DNS does not answer on this machine)\.$/,
    );
  });

  test('nothing listens there', async () => {
    const { url } = setUp.serviceNow;
    await setUp.serviceNow.close();
    expect(await onlyTrouble({ SERVICENOW_URL: url })).toContain('nothing listens at this address and port');
  });

  test('no answer in time', async () => {
    setUp.serviceNow.addFault({ do: { hang: true } });
    expect(await onlyTrouble({ SERVICENOW_TIMEOUT_MS: '200' })).toContain('it does not answer in time');
  });

  test('the instance is asleep', async () => {
    setUp.serviceNow.addFault({ do: { html: { kind: 'hibernating' } } });
    const { findings } = await setUp.doctor();
    const asleep = findings.find(({ check }) => check === 'servicenow.address');
    expect(asleep).toMatchObject({ verdict: 'broken', what: expect.stringContaining('is asleep') });
    expect(asleep?.step).toContain('developer.servicenow.com');
  });

  test('a login page stands in front', async () => {
    setUp.serviceNow.addFault({ do: { html: { kind: 'login' } } });
    expect(await onlyTrouble()).toContain('answers with a web page instead of data');
  });

  test('it sends callers on', async () => {
    setUp.serviceNow.addFault({ do: { redirect: { location: 'https://other.example/login' } } });
    expect(await onlyTrouble()).toContain('sends callers on to other.example');
  });

  test('it is down', async () => {
    setUp.serviceNow.addFault({ do: { status: { preset: 'down503' } } });
    expect(await onlyTrouble()).toContain('answers 503');
  });
});

describe('the address, when something else answers there', () => {
  test('another server that speaks JSON is told from an instance, and gets no password', async () => {
    const other = await startServer(() => ({ status: 404, json: { error: 'not found' } }));
    expect(await onlyTrouble({ SERVICENOW_URL: other.url })).toContain(
      'does not answer as a ServiceNow instance does (404)',
    );
    expect(other.received.every(({ headers }) => headers.authorization === undefined)).toBe(true);
    await other.close();
  });
});

describe('the account', () => {
  test('strangers are answered, the account is not', async () => {
    setUp.serviceNow.addFault({ match: { user: 'svc_teams' }, do: { hang: true } });
    expect(await onlyTrouble({ SERVICENOW_TIMEOUT_MS: '300' })).toBe(
      'servicenow.account broken: ServiceNow answers strangers, but not the service account: it does not answer in time.',
    );
  });

  test('a wrong password is tried once only, and nothing else is asked with it', async () => {
    expect(await onlyTrouble({ SERVICENOW_PASSWORD: 'wrong' })).toBe(
      'servicenow.account broken: ServiceNow does not accept the user name or password of the service account (401).',
    );
    const signedIn = setUp.serviceNow.journal().filter(({ user }) => user !== null);
    expect(signedIn).toHaveLength(1);
  });

  test('an OAuth client that is not known', async () => {
    const oauth = { SERVICENOW_CLIENT_ID: 'teams-connector', SERVICENOW_CLIENT_SECRET: 'wrong' };
    expect(await onlyTrouble(oauth)).toMatch(
      /^servicenow\.account broken: No OAuth token: the request for one was answered 40[01]\.$/,
    );
    const right = { ...oauth, SERVICENOW_CLIENT_SECRET: 'teams-connector-secret' };
    expect(troubles(await setUp.doctor(right))).toEqual([]);
  });

  test('without the rights for Connect', async () => {
    setUp.serviceNow.addFault({
      match: { path: 'connect', user: 'svc_teams' },
      do: { status: { preset: 'acl403' } },
    });
    expect(await onlyTrouble()).toContain('signs in, but may not use Connect (403, an access rule)');
  });

  test('it is an agent of the queue itself', async () => {
    setUp.serviceNow.setAgent({ userName: 'svc_teams', available: true });
    expect(await onlyTrouble()).toBe(
      'servicenow.account risk: The service account is an agent of the queue that it opens chats in.',
    );
  });
});

describe('the queues', () => {
  test('a queue that is not there', async () => {
    expect(await onlyTrouble({ SERVICENOW_QUEUE: 'f'.repeat(32) })).toContain(
      'There is no queue with the id in SERVICENOW_QUEUE',
    );
  });

  test('a further queue that is not there is named by its alias', async () => {
    const queues = JSON.stringify({ hr: 'e'.repeat(32), it: itDesk });
    expect(await onlyTrouble({ SERVICENOW_QUEUES: queues })).toContain('"hr" of SERVICENOW_QUEUES');
  });

  test('what is no sys_id', async () => {
    expect(await onlyTrouble({ SERVICENOW_QUEUE: 'IT Service Desk' })).toBe(
      'servicenow.queues broken: What stands in SERVICENOW_QUEUE is not the sys_id of a queue.',
    );
  });

  test('a queue that is closed now', async () => {
    setUp.serviceNow.setQueue({ id: itDesk, open: false });
    expect(await onlyTrouble()).toContain(
      'risk: The queue IT Service Desk (SERVICENOW_QUEUE) is closed at the moment.',
    );
  });

  test('a queue without agents', async () => {
    setUp.serviceNow.addFault({ match: { path: '/agents$' }, do: { status: { code: 200, body: { result: [] } } } });
    expect(await onlyTrouble()).toContain('is open, but has no agents');
  });

  test('an instance without Connect Support', async () => {
    const plain = await startServer(({ headers }) => {
      const isKnown = headers.authorization !== undefined;
      const message = isKnown ? 'Requested URI does not represent any resource: /' : 'User Not Authenticated';
      return { status: isKnown ? 400 : 401, json: { error: { message, detail: null }, status: 'failure' } };
    });
    expect(await onlyTrouble({ SERVICENOW_URL: plain.url })).toContain('The instance has no Connect Support');
    await plain.close();
  });
});

describe('a queue that cannot be read', () => {
  test.each([
    [500, { status: { preset: 'err500' } }],
    [429, { status: { preset: 'rate429' } }],
    [200, { html: { kind: 'login' } }],
  ] as const)('%d', async (status, action) => {
    setUp.serviceNow.addFault({ match: { path: `/queues/${itDesk}$` }, do: action });
    expect(await onlyTrouble()).toBe(
      `servicenow.queues broken: Asked for the queue in SERVICENOW_QUEUE, ServiceNow answers ${status} and no queue.`,
    );
  });
});

describe('the calls', () => {
  test('one of them is never answered', async () => {
    setUp.serviceNow.addFault({ match: { path: '/messages$' }, do: { hang: true } });
    expect(await onlyTrouble({ SERVICENOW_TIMEOUT_MS: '300' })).toBe(
      'servicenow.calls broken: ServiceNow ceased to answer while it was looked at (servicenow.calls): it does not answer in time.',
    );
  });

  test('threads that an access rule hides', async () => {
    setUp.serviceNow.addFault({ match: { path: '/messages$' }, do: { status: { preset: 'acl403' } } });
    expect(await onlyTrouble()).toContain(
      'broken: An access rule keeps the service account from reading threads (403).',
    );
  });

  test("Connect's own refusal of a chat that does not exist is the right answer", async () => {
    setUp.serviceNow.configure({ unknownChatMode: '403' });
    expect(troubles(await setUp.doctor())).toEqual([]);
  });

  test('reading and leaving lie elsewhere', async () => {
    const paths = { messages: '/api/now/other/{chat}/messages', leave: '/api/now/other/{chat}/leave' };
    expect(troubles(await setUp.doctor({ SERVICENOW_OPTIONS: JSON.stringify({ paths }) }))).toEqual([
      'servicenow.calls broken: The instance does not know the call to read a thread.',
      'servicenow.calls broken: The instance does not know the call to leave a chat.',
    ]);
  });

  test('whether chats can be left is not tried on one', async () => {
    setUp.serviceNow.addFault({ match: { path: '/leave$' }, do: { status: { preset: 'missing404' } } });
    expect(await onlyTrouble()).toContain('unseen: Whether chats can be left cannot be seen without leaving one');
  });

  test('chats cannot be listed', async () => {
    setUp.serviceNow.configure({ listCall: 'off' });
    expect(await onlyTrouble()).toBe('servicenow.calls risk: The instance does not list the chats of a queue (404).');
    expect(await onlyTrouble({ SERVICENOW_OPTIONS: '{"listCall":"on"}' })).toContain('servicenow.calls broken');
    expect(troubles(await setUp.doctor({ SERVICENOW_OPTIONS: '{"listCall":"off"}' }))).toEqual([]);
  });

  test('the state of chats cannot be read', async () => {
    setUp.serviceNow.configure({ stateCall: 'off' });
    expect(await onlyTrouble()).toBe('servicenow.calls risk: The state of queue entries cannot be read (404).');
  });
});

describe('the time-outs of the instance', () => {
  test('are shorter than those of the connector', async () => {
    setUp.serviceNow.configure({ properties: { 'connect.support.idle.delay': '300' } });
    expect(await onlyTrouble()).toBe(
      'servicenow.timeouts risk: ServiceNow may close a chat after 360 seconds without a word of the employee; the connector would wait 1800 seconds.',
    );
    expect(await onlyTrouble({ IDLE_TIMEOUT_MS: '0' })).toContain('the connector would wait for ever');
  });

  test('cannot be read', async () => {
    setUp.serviceNow.configure({ properties: null });
    const { findings } = await setUp.doctor();
    const hidden = findings.find(({ check, verdict }) => check === 'servicenow.timeouts' && verdict === 'unseen');
    expect(hidden?.step).toContain('connect.support.idle.delay');
  });
});

test('a queue is called by its name, whatever it is called', async () => {
  const queue = makeQueue({ name: 'Bürotechnik & Möbel' });
  setUp.serviceNow.setQueue(queue);
  const { findings } = await setUp.doctor({ SERVICENOW_QUEUE: queue.id });
  expect(findings.map(({ what }) => what)).toContain(
    'The queue Bürotechnik & Möbel (SERVICENOW_QUEUE) is there and takes chats.',
  );
});

describe('the application of the profile scripted', () => {
  const scripted = { SERVICENOW_PROFILE: 'scripted' };

  test('where it is installed, nothing is wrong', async () => {
    expect(troubles(await setUp.doctor(scripted))).toEqual([]);
    const { findings } = await setUp.doctor(scripted);
    expect(findings.filter(({ check }) => check === 'servicenow.app').map(({ what }) => what)).toEqual([
      'The queue in SERVICENOW_QUEUE is there and takes chats.',
      'The changes of all chats can be read by one call.',
    ]);
  });

  test('it is not installed', async () => {
    setUp.serviceNow.configure({ appInstalled: false });
    expect(await onlyTrouble(scripted)).toContain('does not have the application Teams Live Chat');
  });

  test('the service account does not have its role', async () => {
    const account = { SERVICENOW_USERNAME: 'beth.anglin', SERVICENOW_PASSWORD: 'beth.anglin-password' };
    expect(await onlyTrouble({ ...scripted, ...account })).toContain('may not use the application');
  });

  test('a queue that is not there, and one that is closed', async () => {
    expect(await onlyTrouble({ ...scripted, SERVICENOW_QUEUE: 'f'.repeat(32) })).toContain('There is no queue');
    setUp.serviceNow.setQueue({ id: itDesk, open: false });
    expect(await onlyTrouble(scripted)).toContain('is closed at the moment');
  });
});
