import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { pause } from './killer';

export interface Relay {
  readonly url: string;
  close(): Promise<void>;
}

/** So long a callback is tried again where nobody takes it. */
const longestMs = 60_000;

/**
 * Takes callbacks and hands them on in their order, each until somebody has taken it: the gateway that an instance needs whose callbacks
 * are to survive that nobody is there. What the process answered and what is lost with it, it is handed again.
 */
export async function openRelay(target: () => string | undefined, authorization: string): Promise<Relay> {
  let last = Promise.resolve();
  let closed = false;
  const handOn = async (body: string) => {
    for (const end = Date.now() + longestMs; !closed && Date.now() < end; ) {
      const url = target();
      const headers = { authorization, 'content-type': 'application/json' };
      const answer = url && (await fetch(url, { method: 'POST', headers, body }).catch(() => undefined));
      if (answer && answer.status === 200) return;
      await pause(100);
    }
  };
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    last = last.then(() => handOn(body));
    response.writeHead(200).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = async () => {
    closed = true;
    await last;
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}
