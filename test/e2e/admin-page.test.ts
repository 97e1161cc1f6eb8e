import type { Browser, Page } from 'playwright-core';
import { startRasa } from '../../src/simulator/rasa/server';
import type { RasaSimulator } from '../../src/simulator/rasa/simulator';
import { type ServiceNowSimulator, startServiceNow } from '../../src/simulator/servicenow/simulator';
import { describeInBrowser, openBrowser } from '../support/chromium';
import { environmentOf, eventually, makeFolder, type Product, startProduct } from '../support/product';
import { startTeamsChannel, type TeamsChannel } from '../support/teams-channel';

const token = 'the-token-of-the-admin-page';

let rasa: RasaSimulator;
let serviceNow: ServiceNowSimulator;
let teams: TeamsChannel;
let product: Product;
let browser: Browser;
let page: Page;
const folder = makeFolder();

const say = (text: string) => teams.sendTo(product.url, teams.activity({ text }));
const table = (id: string) => page.locator(`#${id} tbody tr`);
const audits = () => product.lines.filter(({ event }) => event === 'operator_action');

describeInBrowser('the admin page', () => {
  beforeAll(async () => {
    [rasa, serviceNow, teams] = await Promise.all([
      startRasa({ preset: 'demo' }),
      startServiceNow(),
      startTeamsChannel(),
    ]);
    const environment = { ...environmentOf(rasa, serviceNow, folder.path), ...teams.environment };
    product = await startProduct({ ...environment, ADMIN_PORT: '0', ADMIN_TOKEN: token });
    browser = await openBrowser();
    page = await browser.newPage();
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await product?.kill();
    await Promise.all([rasa.close(), serviceNow.close(), teams.close()]);
    folder.remove();
  }, 30_000);

  test('asks for the token, shows the live chat without a word of it, its trail, and ends it after a confirmation', async () => {
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    await say('talk to a live agent');
    const chat = await eventually(() => serviceNow.chats()[0], 'a chat');
    serviceNow.accept(chat.id, 'beth.anglin');
    serviceNow.say(chat.id, { agent: 'beth.anglin', text: 'Hello, this is Beth.' });
    await teams.connector.until(() => teams.connector.texts().some((text) => text.includes('this is Beth')));
    const listening = product.lines.find(({ event }) => event === 'listening');
    await page.goto(`http://127.0.0.1:${listening?.adminPort}/`);
    await page.fill('#token', 'not-the-token-of-the-page');
    await page.click('#login button');
    await page.getByText('This is not the token.').waitFor();
    faults.length = 0; // Chromium itself reports the two answers of 401.
    await page.fill('#token', token);
    await page.click('#login button');
    await table('live').getByText('with an agent').waitFor();
    expect(await page.locator('#checks li').allTextContents()).toContain('ServiceNow works');
    await table('live').getByRole('button', { name: 'Trail' }).click();
    await table('trail').getByText('open a chat').waitFor();
    expect(await page.content()).not.toMatch(/Ada|Beth|live agent<|Hello, this/);
    await table('live').getByRole('button', { name: 'End chat' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect(audits()).toEqual([]);
    await table('live').getByRole('button', { name: 'End chat' }).click();
    await page.locator('#confirm-yes').click();
    await table('ended').getByText('from this page').waitFor();
    await table('live').getByText('No live chat.').waitFor();
    await teams.connector.until(() =>
      teams.connector.texts().some((text) => text.includes('have closed the live chat')),
    );
    expect(serviceNow.chats()[0]?.state).toMatch(/clos/);
    expect(audits()).toMatchObject([{ action: 'end', chat: chat.id, outcome: 'ended', from: '127.0.0.1' }]);
    expect(faults).toEqual([]);
  }, 60_000);
});
