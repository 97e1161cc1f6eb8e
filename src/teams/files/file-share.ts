import { ApiFailure } from '../../conversation/failures';
import type { FileRefusal } from '../../conversation/file-refusal';
import type { FileTarget } from '../../conversation/file-target';
import type { FileRef } from '../../conversation/types';
import type { FetchedFile, FileShare } from '../../engine/ports';
import { failureOfStatus } from '../../upstream/answers';
import { type Caller, makeCaller } from '../../upstream/call';
import { type Downloaded, type Downloader, makeDownloader } from '../../upstream/download';
import type { Reach } from '../../upstream/reach';
import type { TokenSource } from '../tokens';
import type { FileAddress, FileHosts } from './file-hosts';
import { type FileLimits, fileLimits } from './limits';
import { lookAt } from './look';

export interface FileShareParts {
  readonly hosts: FileHosts;
  /** Absent: nothing is proved, for development without an app id. */
  readonly tokens?: TokenSource;
  readonly limits?: FileLimits;
  /** Whether this process may speak for what it owns. */
  readonly mayCall?: () => boolean;
}

interface Fetching {
  readonly limits: FileLimits;
  readonly hosts: FileHosts;
  readonly tokens?: TokenSource;
  readonly from: Downloader;
  readonly to: Caller;
}

/**
 * Fetches the employee's files from where Teams says they are, and puts others there, if that is where files of Teams are. The bot's token goes to Teams' own
 * service alone; an address in a network of ours is refused, whatever name leads there, and no redirect is followed.
 */
export function makeFileShare(parts: FileShareParts): FileShare & { close(): void } {
  const { limits = fileLimits, hosts, tokens, mayCall } = parts;
  const reach = reachOf(hosts);
  const from = makeDownloader('teams', { reach, ...(mayCall ? { mayCall } : {}) });
  const to = makeCaller('teams', { reach, maxSockets: 8, ...(mayCall ? { mayCall } : {}) });
  const fetching = { limits, hosts, from, to, ...(tokens ? { tokens } : {}) };
  return {
    fetch: (file) => fetchFile(fetching, file),
    look: (file, bytes) => lookAt(file, bytes, limits),
    put: (target, bytes) => put(fetching, target, bytes),
    close: () => {
      for (const side of [from, to]) side.close();
    },
  };
}

/** What Microsoft's names lead to must be on the internet; what the admin named may be in a network of ours. */
function reachOf(hosts: FileHosts): Reach {
  return ({ href }) => {
    const address = hosts.store(href);
    return address && (address.isNamed ? 'named' : 'internet');
  };
}

async function fetchFile(fetching: Fetching, file: FileRef): Promise<FetchedFile | FileRefusal> {
  const { hosts, limits } = fetching;
  const { at, url } = file.source;
  const address = at === 'service' ? hosts.service(url) : hosts.store(url);
  if (!address) return 'elsewhere';
  try {
    const answer = at === 'service' ? await withToken(fetching, address) : await download(fetching, address);
    const refusal = refusalOf(answer);
    if (refusal) return refusal;
    const stored = lookAt(file, answer.bytes, limits);
    return typeof stored === 'string' ? stored : { bytes: answer.bytes, stored };
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    if (error.kind === 'too_large') return 'too_large';
    if (error.kind === 'refused') return 'elsewhere';
    throw error;
  }
}

/** A token that was not accepted is replaced once. */
async function withToken(fetching: Fetching, address: FileAddress): Promise<Downloaded> {
  const { tokens } = fetching;
  const token = await tokens?.current();
  const first = await download(fetching, address, token);
  if (first.status !== 401 || token === undefined || tokens === undefined) return first;
  return download(fetching, address, await tokens.renew(token));
}

function download({ from, limits }: Fetching, { url }: FileAddress, token?: string) {
  const { timeoutMs, mostBytes } = limits;
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return from({ url, headers, timeoutMs, maxBytes: mostBytes });
}

/** Gone, or not for us any more, is final; a redirect leads to where nobody has looked. Other answers may be better later. */
function refusalOf(answer: Downloaded): FileRefusal | undefined {
  const { status } = answer;
  if (status === 200 || status === 203) return undefined;
  if (status >= 300 && status < 400) return 'elsewhere';
  if (status === 401 || status === 403 || status === 404 || status === 410) return 'expired';
  throw failureOfStatus('teams', { ...answer, text: '' }, 'fetching a file');
}

/** Puts a whole file in one piece into the upload that Teams has opened for it; the address itself is the permission. */
async function put(fetching: Fetching, { uploadUrl }: FileTarget, bytes: Uint8Array): Promise<'put' | 'gone'> {
  const { hosts, limits, to } = fetching;
  const address = hosts.store(uploadUrl);
  if (!address) return 'gone';
  const size = bytes.byteLength;
  const range: Record<string, string> = size === 0 ? {} : { 'content-range': `bytes 0-${size - 1}/${size}` };
  const headers = { 'content-type': 'application/octet-stream', ...range };
  const answer = await to({ method: 'PUT', url: address.url, headers, body: bytes, timeoutMs: limits.timeoutMs });
  const { status } = answer;
  if (status >= 200 && status < 300) return 'put';
  if (goneStatuses.has(status) || (status >= 300 && status < 400)) return 'gone';
  throw failureOfStatus('teams', answer, 'putting a file');
}

/** No permission any more, nothing there any more, there already. */
const goneStatuses: ReadonlySet<number> = new Set([401, 403, 404, 409, 410, 416]);
