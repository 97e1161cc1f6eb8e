import { request } from 'node:https';
import { selfSigned } from '../../../src/simulator/rasa/self-signed';
import { rasa } from './support/rasa';

const day = 86_400_000;
const now = Date.now();

function get(url: string, ca: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const call = request(url, { ca, agent: false }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
    });
    call.on('error', reject).end();
  });
}

test('over https with a good certificate Rasa answers', async () => {
  const tls = selfSigned(new Date(now - day), new Date(now + day));
  const simulator = await rasa({ tls });
  expect(simulator.url).toMatch(/^https:/);
  expect(await get(simulator.url, tls.cert)).toBe(200);
});

test('an expired certificate is refused', async () => {
  const tls = selfSigned(new Date(now - 2 * day), new Date(now - day));
  const simulator = await rasa({ tls });
  await expect(get(simulator.url, tls.cert)).rejects.toMatchObject({ code: 'CERT_HAS_EXPIRED' });
});
