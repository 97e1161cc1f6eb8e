import http from 'node:http';
import type { Fault } from './faults';

/** One request on its way, and where to answer it. */
export interface Exchange {
  readonly target: URL;
  readonly agent: http.Agent;
  readonly request: http.IncomingMessage;
  readonly response: http.ServerResponse;
  readonly body: Buffer;
}

interface Whole {
  readonly status: number;
  readonly headers: http.OutgoingHttpHeaders;
  readonly body: Buffer;
}

/** Pause between the bytes of an answer that comes byte by byte; far beyond any deadline for a whole answer. */
const dripMs = 300;

/** Hands the request on and its answer back; with a fault, what the fault leaves of that. */
export async function misbehave(exchange: Exchange, fault: Fault | undefined): Promise<void> {
  const { response } = exchange;
  switch (fault?.how) {
    case undefined:
      return write(response, await handOn(exchange));
    case 'answer':
      if (fault.done) await handOn(exchange);
      return write(response, refusal(fault.status, fault.retryAfter));
    case 'page':
      return write(response, page());
    case 'hang':
      if (fault.done) await handOn(exchange);
      return;
    case 'reset':
      return fault.done ? breakOff(response, await handOn(exchange)) : void exchange.request.socket.resetAndDestroy();
    case 'drip':
      return drip(response, await handOn(exchange));
  }
}

function handOn({ target, agent, request, body }: Exchange): Promise<Whole> {
  const { method, url: path, headers } = request;
  return new Promise((resolve, reject) => {
    const onward = http.request(
      { host: target.hostname, port: target.port, method, path, headers, agent },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => resolve(wholeOf(answer, Buffer.concat(chunks))));
      },
    );
    onward.on('error', reject);
    onward.end(body);
  });
}

/** The answer with its length, and without what is only true of the connection that it came over. */
function wholeOf(answer: http.IncomingMessage, body: Buffer): Whole {
  const { connection: _one, 'keep-alive': _two, 'transfer-encoding': _three, ...headers } = answer.headers;
  return { status: answer.statusCode ?? 502, headers: { ...headers, 'content-length': body.length }, body };
}

function refusal(status: number, retryAfter: number | undefined): Whole {
  const body = Buffer.from(JSON.stringify({ error: { code: 'Fault', message: 'as the test says' } }));
  const headers = { 'content-type': 'application/json', 'content-length': body.length };
  const time = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  return { status, headers: { ...headers, ...time }, body };
}

function page(): Whole {
  const body = Buffer.from('<!doctype html><title>Hibernating</title><p>This instance is asleep.</p>');
  return { status: 200, headers: { 'content-type': 'text/html', 'content-length': body.length }, body };
}

function write(response: http.ServerResponse, { status, headers, body }: Whole): void {
  response.writeHead(status, headers).end(body);
}

/** The connection is reset in the middle of the answer. */
function breakOff(response: http.ServerResponse, { status, headers, body }: Whole): void {
  response.writeHead(status, headers);
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.socket?.resetAndDestroy());
}

function drip(response: http.ServerResponse, { status, headers, body }: Whole): void {
  response.writeHead(status, headers);
  let at = 0;
  const timer = setInterval(() => {
    if (response.destroyed || at >= body.length) {
      clearInterval(timer);
      response.end();
    } else {
      response.write(body.subarray(at, at + 1));
      at += 1;
    }
  }, dripMs);
}
