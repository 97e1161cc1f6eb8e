import type { IncomingMessage } from 'node:http';

/** Most bytes that an activity may have. */
const longestBody = 1_000_000;

/** A body as it came, or the status to refuse it with. */
export type Body =
  | { readonly ok: true; readonly json: unknown; readonly text: string }
  | { readonly ok: false; readonly status: 400 | 413 | 415 };

/** The refusal that the headers alone are reason for: compressed bodies can grow without bound, and Teams never sends them. */
export function refusalOfHeaders(request: IncomingMessage): 413 | 415 | undefined {
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') return 415;
  return Number(request.headers['content-length'] ?? 0) > longestBody ? 413 : undefined;
}

/** Reads a bounded body of JSON. Rejects when the connection ends before the body does. */
export function readBody(request: IncomingMessage): Promise<Body> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > longestBody) resolve({ ok: false, status: 413 });
      else chunks.push(chunk);
    });
    request.on('end', () => resolve(parse(Buffer.concat(chunks).toString('utf8'))));
    request.on('error', reject);
    request.on('close', () => reject(new Error('the request was not finished')));
  });
}

function parse(text: string): Body {
  try {
    return { ok: true, json: JSON.parse(text), text };
  } catch {
    return { ok: false, status: 400 };
  }
}
