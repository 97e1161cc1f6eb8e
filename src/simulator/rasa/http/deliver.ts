import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { SimulatorClock } from '../clock';
import { type Answer, rasaJson } from './exchange';
import type { Outcome } from './request-log';

/** A way out: the answer goes to this response, and `ends` is told just before its last byte leaves. */
export interface WayOut {
  readonly response: ServerResponse;
  readonly clock: SimulatorClock;
  readonly signal: AbortSignal;
  ends(outcome: Outcome): void;
}

/** Sends an answer the way it wants to be sent. */
export async function deliver(answer: Answer, out: WayOut): Promise<void> {
  const { response, signal } = out;
  if (signal.aborted && signal.reason !== 'time is up') return out.ends('aborted');
  if (answer.content.kind === 'stream') return stream(answer, answer.content.play, out);
  const { text, type } = written(answer.content);
  const delivery = answer.delivery ?? { how: 'whole' };
  const body = Buffer.from(delivery.how === 'cut' ? text.slice(0, Math.ceil(text.length / 2)) : text);
  const head = { 'content-type': type, 'content-length': body.length, ...answer.headers };
  if (delivery.how === 'never') return letHang(out);
  if (delivery.how === 'reset') return reset(out);
  response.writeHead(answer.status, head);
  if (delivery.how === 'break off') {
    response.write(body.subarray(0, Math.ceil(body.length / 2)), () => reset(out));
    return;
  }
  if (delivery.how === 'drip') return drip(body, delivery.bytesPerSecond, out);
  if (delivery.how === 'close idle') closeLater(out, delivery.afterMs);
  out.ends('answered');
  response.end(body);
}

function written(content: Exclude<Answer['content'], { kind: 'stream' }>): { text: string; type: string } {
  return content.kind === 'text' ? content : { text: rasaJson(content.items), type: 'application/json' };
}

/** One JSON object per line. After a failure nothing more comes, until the server gives up on the connection. */
async function stream(
  answer: Answer,
  play: Extract<Answer['content'], { kind: 'stream' }>['play'],
  { response, signal, ends }: WayOut,
): Promise<void> {
  response.writeHead(answer.status, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
  try {
    await play((item) => response.write(`${rasaJson(item)}\n`));
    ends('answered');
    response.end();
  } catch {
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    ends(signal.reason === 'time is up' ? 'broken' : 'aborted');
    response.destroy();
  }
}

async function drip(body: Buffer, bytesPerSecond: number, out: WayOut): Promise<void> {
  try {
    for (const byte of body) {
      out.response.write(Buffer.of(byte));
      await out.clock.sleep(1000 / bytesPerSecond, out.signal);
    }
    out.ends('answered');
    out.response.end();
  } catch {
    out.ends('aborted');
    out.response.destroy();
  }
}

async function letHang({ response, ends }: WayOut): Promise<void> {
  if (!response.destroyed) await new Promise((resolve) => response.once('close', resolve));
  ends('broken');
}

function reset({ response, ends }: WayOut): void {
  ends('broken');
  resetConnection(response.req.socket);
}

/** Lets the connection go with a reset, where its kind has one. */
export function resetConnection(socket: Socket): void {
  if (socket instanceof TLSSocket) socket.destroy();
  else socket.resetAndDestroy();
}

function closeLater({ response, clock }: WayOut, afterMs: number): void {
  const { socket } = response.req;
  void clock.sleep(afterMs).then(() => socket.destroy());
}
