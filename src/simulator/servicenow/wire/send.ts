import type { ServerResponse } from 'node:http';
import type { Answer } from '../platform/answer';
import type { Waits } from './wait';

/** Sends the answer at once. */
export function send(response: ServerResponse, answer: Answer): void {
  if (response.destroyed) return;
  const body = answer.bytes ?? Buffer.from(answer.body);
  response.writeHead(answer.status, { ...answer.headers, 'content-length': body.length });
  response.end(body);
}

/** Sends the answer's body in small pieces, a tenth of a second apart. */
export async function drip(response: ServerResponse, answer: Answer, bytesPerSec: number, waits: Waits): Promise<void> {
  const body = answer.bytes ?? Buffer.from(answer.body);
  const step = Math.max(1, Math.ceil(bytesPerSec / 10));
  const pauseMs = (step / bytesPerSec) * 1000;
  response.writeHead(answer.status, { ...answer.headers, 'content-length': body.length });
  response.flushHeaders();
  for (let at = 0; at < body.length && !response.destroyed; at += step) {
    await waits.wait(pauseMs);
    response.write(body.subarray(at, at + step));
  }
  if (!response.destroyed) response.end();
}

/** Breaks the connection without an answer. */
export function reset(response: ServerResponse): void {
  const { socket } = response;
  if (socket && !socket.destroyed) socket.resetAndDestroy();
}
