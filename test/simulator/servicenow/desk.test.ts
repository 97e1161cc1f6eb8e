import type { Browser, Page } from 'playwright-core';
import { type ServiceNowSimulator, startServiceNow } from '../../../src/simulator/servicenow/simulator';
import { describeInBrowser, openBrowser } from '../../support/chromium';

const queue = 'c54f0abf0a0a0b452db84664f409c79c';
const authorization = `Basic ${Buffer.from('svc_teams:svc-teams-password').toString('base64')}`;

describeInBrowser('the agent desk page', () => {
  let browser: Browser;
  let serviceNow: ServiceNowSimulator;
  let page: Page;

  beforeAll(async () => {
    browser = await openBrowser();
  }, 60_000);
  afterAll(() => browser?.close());
  beforeEach(async () => {
    serviceNow = await startServiceNow();
    page = await browser.newPage({ viewport: { width: 1280, height: 850 } });
    page.setDefaultTimeout(8_000);
    await page.goto(`${serviceNow.url}/__sim/console`);
  });
  afterEach(async () => {
    await page.close();
    await serviceNow.close();
  });

  async function call(path: string, message: string): Promise<{ group: string }> {
    const headers = { authorization, accept: 'application/json', 'content-type': 'application/json' };
    const body = JSON.stringify({ message });
    const answer = await fetch(serviceNow.url + path, { method: 'POST', headers, body });
    return ((await answer.json()) as { result: { group: string } }).result;
  }
  const open = (message: string) => call(`/api/now/connect/support/queues/${queue}/sessions`, message);
  const write = (chat: string, message: string) => call(`/api/now/connect/conversations/${chat}/messages`, message);

  test('a waiting chat appears by itself; accepted, both sides talk live; closed, it is listed with how it ended', async () => {
    await page.getByText('No one is waiting').waitFor();
    const { group } = await open('Ana Roja\nmy screen flickers');
    await page
      .getByRole('button', { name: /^Accept(?! next)/ })
      .first()
      .click();
    await page.getByText('my screen flickers').first().waitFor();
    await page.getByRole('textbox').last().fill('Hello Ana');
    await page.keyboard.press('Enter');
    await page.locator('#messages').getByText('Hello Ana').waitFor();
    await write(group, 'it flickers again');
    await page.locator('#messages').getByText('it flickers again').waitFor();
    expect(serviceNow.pane(group).some((row) => row.author === 'agent' && row.text === 'Hello Ana')).toBe(true);
    serviceNow.closeChat(group, { agent: 'beth.anglin' });
    await page.locator('#messages').getByText('has closed the support session').waitFor();
  });

  test('a work note is kept from the employee and looks different', async () => {
    const { group } = await open('hello');
    serviceNow.accept(group, 'beth.anglin');
    await page.locator('#mine').getByRole('button').first().click();
    await page.getByRole('radio', { name: /Work note/ }).check();
    await page.getByRole('textbox').last().fill('she is impatient');
    await page.keyboard.press('Enter');
    await page.locator('#messages').getByText('she is impatient').waitFor();
    expect(serviceNow.pane(group).find((row) => row.text === 'she is impatient')?.workNote).toBe(true);
  });

  test('mark-up in a message stays text', async () => {
    const { group } = await open('<img src=x onerror="document.title=1"><b>bold</b>');
    serviceNow.accept(group, 'beth.anglin');
    await page.locator('#mine').getByRole('button').first().click();
    await write(group, '<script>document.title = "gone"</script>');
    await page.locator('#messages').getByText('<script>document.title').waitFor();
    expect(await page.title()).toMatch(/Agent desk/);
    expect(await page.locator('#messages img, #messages b, #messages script').count()).toBe(0);
  });

  test('two chats do not mix', async () => {
    const one = await open('first person');
    const two = await open('second person');
    for (const { group } of [one, two]) serviceNow.accept(group, 'beth.anglin');
    await write(one.group, 'words of the first');
    await write(two.group, 'words of the second');
    await page.locator('#mine').getByText('words of the first').click();
    await page.locator('#messages').getByText('words of the first').waitFor();
    expect(await page.locator('#messages').getByText('words of the second').count()).toBe(0);
  });

  test('a chat can be accepted and answered by keyboard alone', async () => {
    const { group } = await open('no mouse here');
    await page.getByText('no mouse here').first().waitFor();
    await page.keyboard.press('Alt+a');
    await page.locator('#chat-name').waitFor();
    await expect(
      page.waitForFunction('document.activeElement?.tagName === "TEXTAREA"', undefined, { timeout: 5_000 }),
    ).resolves.toBeTruthy();
    await page.keyboard.type('typed at once');
    await page.keyboard.press('Enter');
    await page.locator('#messages').getByText('typed at once').waitFor();
    expect(serviceNow.pane(group).some((row) => row.text === 'typed at once')).toBe(true);
  });

  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );

  async function acceptedChat(): Promise<string> {
    const { group } = await open('please look');
    serviceNow.accept(group, 'beth.anglin');
    await page.locator('#mine').getByRole('button').first().click();
    return group;
  }

  test('files that an agent chooses go with her words, or alone; one that she takes back does not', async () => {
    const group = await acceptedChat();
    const guide = { name: 'guide.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') };
    await page
      .locator('#files')
      .setInputFiles([guide, { name: 'no.txt', mimeType: 'text/plain', buffer: Buffer.from('') }]);
    await page.getByRole('button', { name: 'Do not send no.txt' }).click();
    await page.getByRole('textbox').last().fill('here it is');
    await page.keyboard.press('Enter');
    await page.locator('#messages').getByText('here it is').waitFor();
    await page.locator('#files').setInputFiles({ name: 'menu.png', mimeType: 'image/png', buffer: png });
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.locator('#messages').getByText('menu.png').waitFor();
    const rows = serviceNow.pane(group).filter(({ files }) => files.length > 0);
    expect(rows.map(({ text, files }) => [text, files.map(({ name }) => name)])).toEqual([
      ['here it is', ['guide.pdf']],
      ['File: menu.png', ['menu.png']],
    ]);
    const contents = Object.values(serviceNow.state().uploads).map(({ content }) => Buffer.from(content, 'base64'));
    expect(contents).toEqual([guide.buffer, png]);
    expect(await page.locator('#chosen-files li').count()).toBe(0);
  });

  test("an agent sees the employee's pictures, and can save other files, which no browser runs", async () => {
    const group = await acceptedChat();
    const put = async (name: string, type: string, body: Buffer | string) => {
      const query = new URLSearchParams({ table_name: 'live_group_profile', table_sys_id: group, file_name: name });
      const headers = { authorization, 'content-type': type };
      const url = `${serviceNow.url}/api/now/attachment/file?${query}`;
      const answer = await fetch(url, { method: 'POST', headers, body });
      return ((await answer.json()) as { result: { sys_id: string } }).result.sys_id;
    };
    const ids = [await put('screen.png', 'image/png', png), await put('evil.html', 'text/html', '<script>x</script>')];
    await fetch(`${serviceNow.url}/api/now/connect/conversations/${group}/messages`, {
      method: 'POST',
      headers: { authorization, accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify({ message: 'File: screen.png\nFile: evil.html', group, attachments: ids }),
    });
    await page.locator('#messages').getByText('evil.html').waitFor();
    await page.waitForFunction('document.querySelector("#messages img")?.naturalWidth === 1');
    expect(await page.locator('#messages .words:visible').allTextContents()).not.toContain('File: screen.png');
    const saved = await fetch(`${serviceNow.url}/__sim/files/${ids[1]}`);
    expect(saved.headers.get('content-type')).toBe('application/octet-stream');
    expect(saved.headers.get('content-disposition')).toMatch(/^attachment;/);
    expect(await saved.text()).toBe('<script>x</script>');
    expect((await fetch(`${serviceNow.url}/__sim/files/unknown`)).status).toBe(404);
  });
});
