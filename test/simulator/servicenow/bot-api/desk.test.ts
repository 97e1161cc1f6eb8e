import type { Browser, Page } from 'playwright-core';
import { describeInBrowser, openBrowser } from '../../../support/chromium';
import { calledBack, closeEverything, kinds } from './support';

describeInBrowser('the agent desk page with a chat of the bot api', () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await openBrowser();
  }, 60_000);
  afterAll(() => browser?.close());
  afterEach(async () => {
    await page.close();
    await closeEverything();
  });

  test('what was said before is there under its own names, the two talk, and each sees that the other types', async () => {
    const { sim, send, say, taken } = await calledBack({ clock: { mode: 'real' }, config: { agentTyping: 'on' } });
    page = await browser.newPage({ viewport: { width: 1280, height: 850 } });
    page.setDefaultTimeout(8_000);
    await page.goto(`${sim.url}/__sim/console`);
    const history = [{ displayName: 'Help bot', isBotMessage: true, type: 'text', value: 'did you restart?' }];
    await send({ action: 'AGENT', message: { text: 'VPN is down' }, history });
    await taken(1);
    await page.getByRole('button', { name: 'Accept Guest' }).click();
    expect(kinds(await taken(1))).toEqual([['EndSpinner', 'SwitchToLiveAgent', 'System']]);
    await page.locator('#messages').getByText('did you restart?').waitFor();
    await page.locator('#messages').getByText('Help bot').waitFor();
    await page.locator('#brief-text').getByText('VPN is down').waitFor();
    await send({ action: 'TYPING' });
    await page.locator('#chat-facts').getByText('is typing').waitFor();
    await page.getByRole('textbox').last().pressSequentially('Hello');
    expect(kinds(await taken(1))).toEqual([['StartTypingIndicator']]);
    await page.keyboard.press('Enter');
    await page.locator('#messages').getByText('Hello').waitFor();
    expect(kinds(await taken(2))).toEqual([['StartTypingIndicator'], ['EndTypingIndicator', 'Hello']]);
    await say('hi');
    await page.locator('#messages').getByText('hi', { exact: true }).waitFor();
    await page.locator('#chat-facts').getByText('is typing').waitFor({ state: 'detached' });
  });
});
