import { createServer } from 'node:net';

/** The wanted port when it is free, else any free one. */
export async function freePort(wanted: number): Promise<number> {
  return (await tryPort(wanted)) ?? (await tryPort(0)) ?? 0;
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, () => {
      const address = server.address();
      const free = typeof address === 'object' ? address?.port : undefined;
      server.close(() => resolve(free));
    });
  });
}
