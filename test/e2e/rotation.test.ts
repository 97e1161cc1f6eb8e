import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startRasa } from '../../src/simulator/rasa/server';
import { startServiceNow } from '../../src/simulator/servicenow/simulator';
import { environmentOf, eventually, makeFolder, runProduct, startProduct } from '../support/product';
import { startTeamsChannel } from '../support/teams-channel';

const folder = makeFolder();
const file = join(folder.path, 'password');
afterAll(() => folder.remove());

function write(password: string, mode: number): void {
  rmSync(file, { force: true });
  writeFileSync(file, password, { mode: 0o600 });
  chmodSync(file, mode);
}

test('a password that was wrong is put right while the connector runs, and the employee gets her agent', async () => {
  const [rasa, serviceNow, teams] = await Promise.all([
    startRasa({ preset: 'demo' }),
    startServiceNow(),
    startTeamsChannel(),
  ]);
  write('of last year', 0o400);
  const secret = { SERVICENOW_PASSWORD: undefined, SERVICENOW_PASSWORD_FILE: file };
  const product = await startProduct({
    ...environmentOf(rasa, serviceNow, folder.path),
    ...teams.environment,
    ...secret,
  });
  await teams.sendTo(product.url, teams.activity({ text: '/live_agent' }));
  await eventually(() => product.lines.some(({ event }) => event === 'effect_failed'), 'a refusal');
  expect(serviceNow.chats()).toEqual([]);
  write('svc-teams-password\n', 0o440);
  await eventually(() => serviceNow.chats()[0], 'a chat');
  await product.kill();
  await Promise.all([rasa.close(), serviceNow.close(), teams.close()]);
}, 40_000);

test('a password that everybody may read stops the start, with the reason and without the password', async () => {
  write('seen by all', 0o644);
  const needed = { RASA_URL: 'https://rasa.example', SERVICENOW_URL: 'https://x.example', SERVICENOW_QUEUE: 'q' };
  const account = { SERVICENOW_USERNAME: 'svc', SERVICENOW_PASSWORD_FILE: file, DEV_INSECURE: '1' };
  const { code, stdout, stderr } = await runProduct({ ...needed, ...account, SERVICENOW_PASSWROD: 'x' });
  expect(code).toBe(2);
  expect(stderr.trim().split('\n')).toEqual([
    `SERVICENOW_PASSWORD_FILE names ${file}, which everybody may open; it should have mode 0440 or 0400`,
    'SERVICENOW_PASSWROD is not known; it should perhaps be SERVICENOW_PASSWORD',
  ]);
  expect(stdout + stderr).not.toContain('seen by all');
});
