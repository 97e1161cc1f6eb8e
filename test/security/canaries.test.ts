import http from 'node:http';
import { startRasa } from '../../src/simulator/rasa/server';
import type { RasaSimulator } from '../../src/simulator/rasa/simulator';
import { type ServiceNowSimulator, startServiceNow } from '../../src/simulator/servicenow/simulator';
import { environmentOf, eventually, makeFolder, type Product, startProduct } from '../support/product';
import { startTeamsChannel, type TeamsChannel } from '../support/teams-channel';
import { type FileServer, startFiles } from '../teams/files/file-server';

let rasa: RasaSimulator;
let serviceNow: ServiceNowSimulator;
let teams: TeamsChannel;
let files: FileServer;
let product: Product;
let said = '';
const folder = makeFolder();
const outside: string[] = [];

/** What must not be found: each in a form that nothing else has. */
const personal = [
  'words',
  'name',
  'surname',
  'email',
  'address',
  'edited',
  'payload',
  'file',
  'fileurl',
  'filebytes',
  'reaction',
  'agenttext',
  'agentfile',
  'card',
  'invoke',
  'mention',
  'html',
  'device',
  'forgedwords',
  'forgedtoken',
  'cookie',
  'query',
  'path',
  'brokenjson',
  'useragent',
  'sn500',
  'sn403',
  'teams403',
  'teams500',
  'rasaheader',
  'rasatoken',
  'tenant',
].map((what, index) => ({ what, text: `canary${index}zz${what}` }));
const canary = (what: string) => personal.find((one) => one.what === what)?.text ?? fail(what);

function fail(what: string): never {
  throw new Error(`no canary of this name: ${what}`);
}

beforeAll(async () => {
  [rasa, serviceNow, teams, files] = await Promise.all([
    startRasa({ preset: 'demo' }),
    startServiceNow(),
    startTeamsChannel({ enforceRates: false }),
    startFiles((_, response) => response.writeHead(200, { 'content-type': 'text/plain' }).end(canary('filebytes'))),
  ]);
  teams.connector.members.set('29:ada', {
    id: '29:ada',
    name: canary('surname'),
    email: `${canary('email')}@contoso.example`,
  });
  product = await startProduct({
    ...environmentOf(rasa, serviceNow, folder.path),
    ...teams.environment,
    SERVICENOW_TIMEOUT_MS: '700',
    SERVICENOW_RETRY_BUDGET_MS: '1000',
    RASA_TOKEN: canary('rasatoken'),
    RASA_HEADERS: JSON.stringify({ 'x-secret': canary('rasaheader') }),
  });
  for (const stream of [product.child.stdout, product.child.stderr])
    stream?.on('data', (data: Buffer) => {
      said += data.toString();
    });
}, 40_000);

afterAll(async () => {
  await product.kill();
  await Promise.all([rasa.close(), serviceNow.close(), teams.close(), files.close()]);
  folder.remove();
});

const ada = { id: '29:ada', name: canary('name'), aadObjectId: '7f3c1b1e-0000-4000-8000-00000000ada0' };

async function sends(overrides: Readonly<Record<string, unknown>>, token?: string | null): Promise<number> {
  const answer = await teams.sendTo(product.url, teams.activity({ from: ada, ...overrides }), token);
  outside.push(answer.body);
  return answer.status;
}

function ask(path: string, headers: http.OutgoingHttpHeaders = {}, body?: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const method = body === undefined ? 'GET' : 'POST';
    const request = http.request(
      { host: '127.0.0.1', port: product.port, path, method, headers, agent: false },
      (response) => {
        let text = JSON.stringify(response.headers);
        response.on('data', (chunk: Buffer) => {
          text += chunk.toString();
        });
        response.on('end', () => {
          outside.push(text);
          resolve();
        });
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

test('secrets and personal data go through every road, good and bad, and are seen in no log, metric, address or error', async () => {
  await everythingThatWorks();
  await everythingThatIsRefused();
  await everythingThatFails();
  await Promise.all([ask('/metrics'), ask('/readyz'), ask('/healthz')]);
  const { connector } = teams;
  const tokens = [...new Set(connector.calls.map((call) => call.headers.authorization))];
  const secrets = [
    teams.password,
    'svc-teams-password',
    Buffer.from('svc_teams:svc-teams-password').toString('base64'),
  ];
  const all = [...personal.map(({ text }) => text), ...secrets, ...tokens.map((token) => token?.split(' ')[1] ?? '')];
  const hits = (where: string) => all.filter((secret) => secret !== '' && where.includes(secret));
  expect(all.length).toBeGreaterThanOrEqual(30);
  expect(said).toContain('effect_failed');
  expect(said).toContain('effect_settled');
  expect(hits(said)).toEqual([]);
  expect(hits(JSON.stringify(product.lines))).toEqual([]);
  expect(hits(outside.join('\n'))).toEqual([]);
  expect(
    hits(
      serviceNow
        .journal()
        .map(({ path, query }) => path + query)
        .join('\n'),
    ).filter(isNotAFileName),
  ).toEqual([]);
  // Rasa's own way to prove who calls is a token in the address; nothing else is there.
  expect(
    hits(
      rasa
        .requests()
        .map(({ path, query }) => path + query)
        .join('\n'),
    ),
  ).toEqual([canary('rasatoken')]);
  expect(hits(connector.calls.map(({ path }) => path).join('\n'))).toEqual([]);
}, 60_000);

/** ServiceNow takes the name of an uploaded file in the address alone. */
function isNotAFileName(text: string): boolean {
  return text !== canary('file');
}

async function everythingThatWorks(): Promise<void> {
  expect(await sends({ text: canary('words') })).toBe(200);
  expect(await sends({ text: undefined, value: { payload: canary('payload'), card: canary('card') } })).toBe(200);
  expect(await sends({ text: '/live_agent' })).toBe(200);
  const { id } = await eventually(() => serviceNow.chats()[0], 'a chat');
  serviceNow.accept(id, 'beth.anglin');
  const html = { contentType: 'text/html', content: `<p>${canary('html')} <at>${canary('mention')}</at></p>` };
  await sends({ id: 'edited-one', text: canary('words'), attachments: [html] });
  await sends({
    type: 'messageUpdate',
    id: 'edited-one',
    text: canary('edited'),
    channelData: { eventType: 'editMessage', tenant: { id: teams.tenantId } },
  });
  await sends({
    type: 'messageReaction',
    replyToId: 'x',
    reactionsAdded: [{ type: canary('reaction') }],
    text: undefined,
  });
  await sends({
    type: 'invoke',
    name: 'adaptiveCard/action',
    value: { action: { type: 'Action.Execute', verb: canary('invoke'), data: {} } },
  });
  await sends({
    entities: [{ type: 'clientInfo', locale: 'en-GB', platform: canary('device'), timezone: canary('address') }],
  });
  const content = { downloadUrl: `${files.url}/x?tempauth=${canary('fileurl')}`, uniqueId: '1', fileType: 'txt' };
  const info = {
    contentType: 'application/vnd.microsoft.teams.file.download.info',
    name: `${canary('file')}.txt`,
    content,
  };
  await sends({ text: undefined, attachments: [info] });
  serviceNow.say(id, { agent: 'beth.anglin', text: canary('agenttext') });
  await teams.connector.until(() => teams.connector.texts().some((text) => text.includes(canary('agenttext'))));
  await eventually(() => serviceNow.pane(id).some((row) => row.text?.includes(canary('html'))), 'the words');
}

async function everythingThatIsRefused(): Promise<void> {
  const forged = teams.authority.sign(teams.serviceUrl, { aud: canary('forgedtoken') });
  expect(await sends({ text: canary('forgedwords') }, forged)).toBe(401);
  expect(await sends({ text: canary('forgedwords') }, canary('forgedtoken'))).toBe(401);
  const elsewhere = { id: 'a:x', conversationType: 'personal', tenantId: canary('tenant') };
  expect(await sends({ conversation: elsewhere, channelData: {} })).toBe(403);
  const authorization = `Bearer ${teams.token()}`;
  const headers = { authorization, cookie: canary('cookie'), 'user-agent': canary('useragent') };
  await ask('/api/messages', headers, `{"text":"${canary('brokenjson')}"`);
  await ask('/api/messages', headers, `[${JSON.stringify(canary('brokenjson'))}]`);
  await ask(`/api/messages?x=${canary('query')}`, headers, '{}');
  await ask(`/${canary('path')}?${canary('query')}`, headers);
}

async function everythingThatFails(): Promise<void> {
  const { connector } = teams;
  connector.next({ status: 500, body: { error: { code: 'ServiceError', message: canary('teams500') } } });
  connector.next({ status: 403, body: { error: { code: 'Forbidden', message: canary('teams403') } } });
  const refusal = (code: number, what: string) => ({
    match: { path: '/api/now/connect' },
    do: { status: { code, body: canary(what) } },
  });
  serviceNow.addFault({ id: 'f', ...refusal(500, 'sn500') });
  await sends({ text: canary('words') });
  await eventually(() => said.includes('effect_failed'), 'a failure');
  serviceNow.clearFaults();
  serviceNow.addFault({ id: 'g', ...refusal(403, 'sn403') });
  await sends({ text: canary('words') });
  rasa.faults([{ fault: { kind: 'html' } }]);
  await sends({ text: '/end_chat' });
  await sends({ text: canary('words') });
  await new Promise((resolve) => setTimeout(resolve, 1_500));
}
