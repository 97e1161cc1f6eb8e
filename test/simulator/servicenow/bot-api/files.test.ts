import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ServiceNowSimulator } from '../../../../src/simulator/servicenow/simulator';
import { basic, request, service } from '../support';
import { calledBack, closeEverything, until } from './support';

afterEach(closeEverything);

const png = { name: 'a.png', contentType: 'image/png', sizeBytes: 3, content: Buffer.from('abc').toString('base64') };
const pdf = { ...png, name: 'b.pdf', contentType: 'application/pdf' };
const authorization = basic(service);

test.each([
  ['OutputImage', png, { uiType: 'OutputImage', altText: 'a.png' }],
  ['OutputImage', pdf, { uiType: 'OutputLink', label: 'b.pdf' }],
  ['OutputLink', png, { uiType: 'OutputLink', header: 'a.png' }],
  ['OutputTextUrl', pdf, { uiType: 'OutputText' }],
] as const)('a file of an agent is told of as %s', async (agentFileMode, file, expected) => {
  const { sim, taken, withAgent } = await calledBack({ config: { agentFileMode } });
  const chat = await withAgent();
  sim.say(chat, { text: '', files: [file] });
  const [{ body }] = await taken(1);
  expect(body).toMatchObject([{ ...expected, agentInfo: { agentName: 'Beth Anglin' } }]);
  const url: string = body[0].value.action ?? body[0].value;
  expect(url.startsWith(`${sim.url}/api/now/v1/cs/media/`)).toBe(true);
  const path = url.slice(sim.url.length);
  expect(await request(sim, { path, headers: { authorization, accept: 'image/*' } })).toMatchObject({
    status: 200,
    text: 'abc',
    headers: { 'content-type': file.contentType },
  });
  expect((await request(sim, { path })).status).toBe(401);
});

test('a file that was uploaded beforehand is in the chat once it is sent', async () => {
  const { sim, send, withAgent } = await calledBack();
  const chat = await withAgent();
  for (const path of ['/api/now/cccif/media/upload', '/api/now/v1/cccif/media/upload']) {
    const { status, json } = await upload(sim, path, ['user_id', 'file']);
    expect([status, json.result]).toEqual([
      201,
      {
        mediaUrl: expect.stringContaining('/api/now/v1/cs/media/'),
        name: 'vpn log.txt',
        state: 'available',
        attachmentId: expect.stringMatching(/^[0-9a-f]{32}$/),
      },
    ]);
    await send({ message: { text: 'my log', attachment: { url: json.result.mediaUrl, contentType: 'text/plain' } } });
  }
  expect(sim.pane(chat).map(({ text, files }) => [text, files[0]?.name, files[0]?.sizeBytes])).toEqual([
    ['VPN is down', undefined, undefined],
    ['my log', 'vpn log.txt', 8],
    ['my log', 'vpn log.txt', 8],
  ]);
});

test('an upload without an employee, or with the file elsewhere than at the end, is refused', async () => {
  const { sim } = await calledBack();
  const path = '/api/now/cccif/media/upload';
  expect((await upload(sim, path, ['file'])).status).toBe(400);
  expect((await upload(sim, path, ['file', 'user_id'])).status).toBe(400);
});

test('a file elsewhere is fetched from a trusted host, and dropped without a word from any other', async () => {
  const files = await fileServer();
  const { sim, send, withAgent } = await calledBack();
  const chat = await withAgent();
  const attachment = { url: `${files.url}/log.txt`, contentType: 'text/plain', headers: { 'x-key': 'k' } };
  expect((await send({ message: { attachment } })).json).toEqual({ status: 'success' });
  sim.configure({ trustedMediaDomains: ['127.0.0.1'] });
  await send({ message: { text: 'see this', attachment: [attachment] } });
  await until(() => sim.pane(chat).length === 3);
  await send({ message: { attachment: { ...attachment, headers: {} } } });
  const outcomes = () =>
    Object.values(sim.state().bot.conversations).flatMap((each) => each.files.map((f) => f.outcome));
  await until(() => outcomes().length === 3);
  expect(outcomes()).toEqual(['untrusted', 'taken', 'failed']);
  expect(sim.pane(chat).map(({ text, files: [file] }) => [text, file?.name])).toEqual([
    ['VPN is down', undefined],
    ['see this', undefined],
    ['', 'log.txt'],
  ]);
  await files.close();
});

function upload(sim: ServiceNowSimulator, path: string, order: readonly ('user_id' | 'file')[]) {
  const parts = {
    user_id: 'Content-Disposition: form-data; name="user_id"\r\n\r\nu-1\r\n',
    file: 'Content-Disposition: form-data; name="file"; filename="vpn log.txt"\r\nContent-Type: text/plain\r\n\r\nlog\r\nend\r\n',
  };
  const body = `${order.map((each) => `--edge\r\n${parts[each]}`).join('')}--edge--\r\n`;
  const headers = { authorization, accept: 'application/json', 'content-type': 'multipart/form-data; boundary=edge' };
  return request(sim, { method: 'POST', path, headers, body });
}

async function fileServer() {
  const server = http.createServer((incoming, response) =>
    response.writeHead(incoming.headers['x-key'] === 'k' ? 200 : 403, { 'content-type': 'text/plain' }).end('a log'),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}
