import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server of files whose answers a test writes. */
export interface FileServer {
  readonly url: string;
  /** `host:port`, as `TEAMS_SERVICE_HOSTS` would name it. */
  readonly host: string;
  readonly received: http.IncomingMessage[];
  close(): Promise<void>;
}

/** Starts a server on this machine. */
export async function startFiles(
  answer: (request: http.IncomingMessage, response: http.ServerResponse) => void,
): Promise<FileServer> {
  const received: http.IncomingMessage[] = [];
  const server = http.createServer((request, response) => {
    received.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}`, host: `127.0.0.1:${port}`, received, close };
}
