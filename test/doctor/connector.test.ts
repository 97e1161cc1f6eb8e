import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { loadConfig } from '../../src/config/config';
import { database } from '../../src/doctor/checks/database';
import { replicas } from '../../src/doctor/checks/replicas';
import type { DoctorParts } from '../../src/doctor/parts';
import type { StoreFacts } from '../../src/store/inspect';
import { inspectFile } from '../../src/store/sqlite/inspect';
import { migrations } from '../../src/store/sqlite/migrations';
import { SqliteStore } from '../../src/store/sqlite/store';
import { send } from '../support/token-authority';
import { onlyTroubleOf, type SetUp, startSetUp, troubles } from './set-up';

let setUp: SetUp;
beforeEach(async () => {
  setUp = await startSetUp();
});
afterEach(() => setUp.close());

const onlyTrouble = (env?: NodeJS.ProcessEnv) => onlyTroubleOf(setUp, env);

describe('the clock', () => {
  const minute = 60_000;

  test('is ten minutes wrong', async () => {
    const report = await setUp.doctor({}, [], () => Date.now() + 10 * minute);
    expect(troubles(report)).toEqual([
      "connector.clock broken: The clock of this machine is 10 minutes ahead of Microsoft's.",
      "connector.clock risk: The clock of this machine is 10 minutes ahead of ServiceNow's.",
    ]);
  });

  test('is going wrong', async () => {
    const report = await setUp.doctor({}, [], () => Date.now() - minute);
    expect(troubles(report)[0]).toMatch(
      /^connector\.clock risk: The clock of this machine is (59|60) seconds behind Microsoft's\.$/,
    );
  });

  test('is right, and that of ServiceNow is not', async () => {
    setUp.serviceNow.configure({ skewMs: 7 * minute });
    const { findings } = await setUp.doctor();
    expect(findings.find(({ check }) => check === 'connector.clock')).toMatchObject({
      verdict: 'risk',
      what: "The clock of this machine is 7 minutes behind ServiceNow's.",
      who: 'ServiceNow administrator',
    });
  });
});

describe('the database file', () => {
  const at = (name: string) => ({ DATABASE_URL: `file:${join(setUp.folder, name)}` });

  test('is one that this version works with', async () => {
    const store = await SqliteStore.open({ file: join(setUp.folder, 'own.db') });
    const whileOpen = await setUp.doctor(at('own.db'));
    expect(troubles(whileOpen)).toEqual([]);
    await store.close();
    const { findings } = await setUp.doctor(at('own.db'));
    const known = migrations.length;
    expect(findings.find(({ check }) => check === 'connector.database')?.what).toContain(
      `(schema ${known}; this program knows ${known})`,
    );
  });

  test('was upgraded by a newer version', async () => {
    await (await SqliteStore.open({ file: join(setUp.folder, 'newer.db') })).close();
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(99);
    const file = join(setUp.folder, 'newer.db');
    const content = readFileSync(file);
    bytes.copy(content, 60);
    writeFileSync(file, content);
    expect(await onlyTrouble(at('newer.db'))).toMatch(/^connector\.database broken: .*newer version .*schema 99/);
  });

  test('is no database', async () => {
    writeFileSync(join(setUp.folder, 'notes.txt'), 'just some notes');
    expect(await onlyTrouble(at('notes.txt'))).toContain('notes.txt is not a database.');
  });

  test('cannot be written', async () => {
    writeFileSync(join(setUp.folder, 'a-file'), '');
    expect(await onlyTrouble(at('a-file/connector.db'))).toContain('cannot be read and written by this user');
  });

  test('lies in a folder that is taken by another thing of its name', async () => {
    mkdirSync(join(setUp.folder, 'folder.db'));
    expect(await onlyTrouble(at('folder.db'))).toContain('cannot be read and written by this user');
  });

  const volume = { type: 0xef53, bavail: 1_000_000, bsize: 4_096 };
  test.each([
    ['a network share', { ...volume, type: 0x6969 }, 'broken', 'lies on a network share'],
    ['a network share, as a negative number', { ...volume, type: 0xff534d42 | 0 }, 'broken', 'lies on a network share'],
    ['a folder from elsewhere', { ...volume, type: 0x65735546 }, 'risk', 'passed through from elsewhere'],
    ['a disk that is nearly full', { ...volume, bavail: 100_000 }, 'risk', 'Only 409 MB are left'],
    ['a full disk', { ...volume, bavail: 10 }, 'broken', 'Only 0 MB are left'],
  ])('lies on %s', async (_, found, verdict, words) => {
    const facts = { kind: 'file' as const, ...inspectFile(join(setUp.folder, 'x.db'), () => found) };
    const [finding] = await database.look({ store: async () => facts } as unknown as DoctorParts);
    expect(finding).toMatchObject({ verdict, what: expect.stringContaining(words) });
  });
});

describe('PostgreSQL', () => {
  const sound = {
    kind: 'postgres',
    place: 'db.example:5432/chat',
    knownSchema: 2,
    reached: true,
    version: 150_004,
    shownVersion: '15.4',
    isStandby: false,
    isReadOnly: false,
    mayCreate: true,
    isUtf8: true,
    connectionsLeft: 90,
    schema: { version: 2, oldestProgram: 1 },
    replicas: { alive: 2, dead: 0 },
    hasReader: true,
  } as const satisfies StoreFacts;

  async function saidOf(facts: object, url = 'postgres://u:p@db.example/chat'): Promise<string[]> {
    const parts = {
      store: async () => ({ ...sound, ...facts }),
      config: loadConfig({ ...setUp.env, DATABASE_URL: url }, () => ''),
    } as unknown as DoctorParts;
    const found = [...(await database.look(parts)), ...(await replicas.look(parts))];
    return found.map(({ verdict, what }) => `${verdict}: ${what}`);
  }

  test('is sound', async () => {
    expect(await saidOf({})).toEqual([
      'good: PostgreSQL 15.4 at db.example:5432/chat can be used (schema 2; this program knows 2).',
      'good: 2 replicas work over db.example:5432/chat, and one of them reads for all.',
    ]);
  });

  test.each([
    [{ version: 120_001, shownVersion: '12.1' }, 'broken: PostgreSQL 12.1 at db.example:5432/chat is too old.'],
    [{ isStandby: true }, 'broken: The database db.example:5432/chat can only be read: it is a standby.'],
    [{ isReadOnly: true }, 'broken: The database db.example:5432/chat can only be read.'],
    [{ isUtf8: false }, 'broken: The database db.example:5432/chat is not encoded in UTF-8.'],
    [{ connectionsLeft: 3 }, 'risk: The server of db.example:5432/chat has only 3 connections left.'],
    [
      { mayCreate: false, schema: undefined },
      'broken: The user of db.example:5432/chat may not create tables, and the schema is not made yet.',
    ],
    [
      { schema: { version: 5, oldestProgram: 4 } },
      'broken: The database db.example:5432/chat was upgraded by a newer version of the connector (schema 5; this program knows 2).',
    ],
  ])('%j', async (facts, words) => {
    expect((await saidOf(facts))[0]).toBe(words);
  });

  test('replicas of which none reads', async () => {
    expect(await saidOf({ hasReader: false })).toContain(
      'broken: 2 replicas work over db.example:5432/chat, but none of them reads the threads.',
    );
  });

  test.each(['postgres://u:p@db.example:6432/chat', 'postgres://u:p@eu-1.pooler.example/chat'])(
    'behind a pooler: %s',
    async (url) => {
      expect(await saidOf({}, url)).toContain('risk: DATABASE_URL seems to lead through a connection pooler.');
    },
  );

  test('does not answer', async () => {
    const found = await onlyTrouble({ DATABASE_URL: 'postgres://u:secret-word@127.0.0.1:1/chat' });
    expect(found).toBe(
      'connector.database broken: The database 127.0.0.1:1/chat (DATABASE_URL) cannot be used: nothing listens at this address and port.',
    );
  });
});

describe('the time-outs of the connector', () => {
  test.each([
    ['QUEUE_TIMEOUT_MS', '60000', 'QUEUE_TIMEOUT_MS (1 min) is not longer than people wait on average (2.2 min).'],
    ['IDLE_TIMEOUT_MS', '60000', 'IDLE_TIMEOUT_MS is 1 min.'],
    ['SERVICENOW_RETRY_BUDGET_MS', '5000', 'SERVICENOW_TIMEOUT_MS is not shorter than SERVICENOW_RETRY_BUDGET_MS.'],
    [
      'RASA_TIMEOUT_MS',
      '90000',
      'RASA_TIMEOUT_MS is 1.5 min, longer than Rasa keeps the turns of a conversation in order.',
    ],
    ['RASA_TIMEOUT_MS', '1000', 'RASA_TIMEOUT_MS is 1 s.'],
  ])('%s=%s', async (name, value, words) => {
    expect(await onlyTrouble({ [name]: value })).toBe(`connector.timeouts risk: ${words}`);
  });

  test('never is no time-out', async () => {
    const never = { QUEUE_TIMEOUT_MS: '0', IDLE_TIMEOUT_MS: '0', SERVICENOW_RETRY_BUDGET_MS: '0' };
    const found = troubles(await setUp.doctor(never));
    expect(found.filter((line) => line.startsWith('connector.timeouts'))).toEqual([]);
  });
});

describe('the running connector', () => {
  let server: Server;
  let answer: readonly [number, unknown] = [200, {}];
  let port = '';
  beforeEach(async () => {
    server = createServer((_request, response) => send(response, answer[0], answer[1]));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = String((server.address() as AddressInfo).port);
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  test('is well', async () => {
    answer = [200, { status: 'ok', checks: { store: 'ok', rasa: 'ok' } }];
    const report = await setUp.doctor({ PORT: port });
    expect(troubles(report)).toEqual([]);
    expect(report.text).toContain('The connector runs, and has no trouble');
  });

  test('is in trouble', async () => {
    answer = [200, { status: 'degraded', checks: { store: 'ok', rasa: 'down', servicenow: 'ok' } }];
    expect(await onlyTrouble({ PORT: port })).toBe(
      'connector.running risk: The running connector says it is degraded: it has trouble with rasa.',
    );
    answer = [503, { status: 'down', checks: { store: 'down' } }];
    expect(await onlyTrouble({ ADMIN_PORT: port })).toContain('connector.running broken');
  });

  test('has lost its port to something else', async () => {
    answer = [404, 'It works!'];
    expect(await onlyTrouble({ PORT: port })).toBe(
      `connector.running broken: Something else than the connector listens on port ${port}.`,
    );
  });

  test('is not running, which is no fault', async () => {
    const free = port;
    await new Promise((resolve) => server.close(resolve));
    expect(troubles(await setUp.doctor({ PORT: free }))).toEqual([]);
  });
});

test('a development mode that reaches other machines', async () => {
  const none = { MicrosoftAppId: '', MicrosoftAppPassword: '', MicrosoftAppTenantId: '' };
  const open = troubles(await setUp.doctor({ ...none, HOST: '0.0.0.0' }));
  expect(open).toContain(
    'connector.running broken: DEV_INSECURE=1 is set without MicrosoftAppId, and the connector works with other machines.',
  );
  expect(await onlyTrouble({ HOST: '0.0.0.0' })).toBe(
    'connector.running risk: DEV_INSECURE=1 is set, and the connector works with other machines.',
  );
});
