import type { ServerResponse } from 'node:http';

const heartbeatMs = 15_000;

/** Pages that want to hear of every change. */
export interface Listeners {
  add(response: ServerResponse): void;
  tell(chat: string | null): void;
  close(): void;
}

/** Server-sent events to whoever listens, with a heartbeat so that dead connections are noticed. */
export function makeListeners(): Listeners {
  const open = new Set<ServerResponse>();
  const write = (text: string) => {
    for (const response of open) response.write(text);
  };
  const heartbeat = setInterval(() => write(': still here\n\n'), heartbeatMs);
  heartbeat.unref();
  return {
    add: (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write(': hello\n\n');
      open.add(response);
      response.on('close', () => open.delete(response));
    },
    tell: (chat) => write(`event: change\ndata: ${JSON.stringify({ chat })}\n\n`),
    close: () => {
      clearInterval(heartbeat);
      for (const response of open) response.end();
      open.clear();
    },
  };
}
