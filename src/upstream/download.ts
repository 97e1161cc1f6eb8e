import type { Readable } from 'node:stream';
import axios, { type AxiosResponse } from 'axios';
import { ApiFailure, type Upstream } from '../conversation/failures';
import { failureOf, makeAgents, notOurs, outOfReach } from './call';
import { placeOf, type Reach } from './reach';

/** One file to be fetched. */
export interface Download {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** From connect to last byte, milliseconds: one that drips is cut off. */
  readonly timeoutMs: number;
  /** A body beyond so many bytes is not read on: the call fails with `too_large`. */
  readonly maxBytes: number;
}

export interface Downloaded {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Empty unless the status is one of success: a page that explains an error is not read. */
  readonly bytes: Buffer;
}

/** Fetches bytes. Throws {@link ApiFailure} when no whole answer came; any status is an answer, redirects are not followed. */
export type Downloader = (download: Download) => Promise<Downloaded>;

export interface DownloaderOptions {
  /** Where files may be fetched from. */
  readonly reach: Reach;
  readonly maxSockets?: number;
  readonly mayCall?: () => boolean;
}

/** A downloader with connections of its own. Bytes come as they were stored: nothing is decompressed, so nothing can swell. */
export function makeDownloader(
  upstream: Upstream,
  { reach, maxSockets = 8, mayCall = () => true }: DownloaderOptions,
): Downloader & { close(): void } {
  const agents = makeAgents({ keepAlive: false, maxSockets }, mayCall);
  const client = axios.create({
    proxy: false,
    maxRedirects: 0,
    responseType: 'stream',
    decompress: false,
    validateStatus: () => true,
  });
  const download = async (asked: Download): Promise<Downloaded> => {
    if (!mayCall()) throw notOurs(upstream);
    const place = placeOf(asked.url, reach);
    if (!place) throw outOfReach(upstream);
    const signal = AbortSignal.timeout(asked.timeoutMs);
    const headers = { 'user-agent': 'teams-servicenow-live-chat', 'accept-encoding': 'identity', ...asked.headers };
    try {
      const request = { method: 'GET', url: asked.url, headers, signal, ...agents.to(place) };
      const response = await client.request<Readable>(request);
      return await wholeOf(upstream, response, asked, signal);
    } catch (error) {
      throw error instanceof ApiFailure ? error : failureOf(upstream, asked, error);
    }
  };
  return Object.assign(download, { close: agents.close });
}

async function wholeOf(
  upstream: Upstream,
  response: AxiosResponse<Readable>,
  { maxBytes }: Download,
  signal: AbortSignal,
): Promise<Downloaded> {
  const { status, data: body } = response;
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headers)) headers[name.toLowerCase()] = String(value);
  const isSuccess = status >= 200 && status < 300;
  const isTooLarge = Number(headers['content-length'] ?? 0) > maxBytes;
  if (!isSuccess || isTooLarge) body.destroy();
  if (isSuccess && isTooLarge) throw tooLarge(upstream, status);
  return { status, headers, bytes: isSuccess ? await read(upstream, body, maxBytes, status, signal) : Buffer.alloc(0) };
}

async function read(upstream: Upstream, body: Readable, maxBytes: number, status: number, signal: AbortSignal) {
  const chunks: Buffer[] = [];
  let size = 0;
  const cut = () => body.destroy(signal.reason);
  signal.addEventListener('abort', cut, { once: true });
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.byteLength;
      if (size > maxBytes) throw tooLarge(upstream, status);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } finally {
    signal.removeEventListener('abort', cut);
    body.destroy();
  }
}

function tooLarge(upstream: Upstream, status: number): ApiFailure {
  const message = `${upstream}: a file is larger than may be fetched`;
  return new ApiFailure({ upstream, kind: 'too_large', certain: true, message, status });
}
