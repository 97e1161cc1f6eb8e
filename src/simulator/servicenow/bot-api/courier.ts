import { now, type World } from '../model/world';
import { settle } from './conversations';
import type { Callback } from './records';
import type { Attachment } from './request';
import type { CallbackAuth } from './switches';

/** So much is fetched of a file, and so long is waited for it. */
const largestFile = 100 * 1024 * 1024;
const fetchTimeoutMs = 30_000;

/** One attempt to call back, and what came of it. */
export interface CallbackAttempt {
  /** Simulator time of the attempt. */
  readonly at: number;
  readonly conversation: string;
  readonly callback: string;
  /** Counts from 1 for each callback. */
  readonly attempt: number;
  /** Null when no answer came. */
  readonly status: number | null;
  readonly tookMs: number;
  /** The rule that bent it. */
  readonly fault: string | null;
  readonly body: string;
}

/** A file that was fetched; without bytes when that failed. */
export interface Fetched {
  readonly attachment: Attachment;
  readonly bytes: Buffer | undefined;
  readonly contentType: string;
}

/** Calls clients back, and fetches what they sent as addresses. */
export interface Courier {
  callBack(world: World, callback: Callback): void;
  fetchFile(attachment: Attachment, then: (file: Fetched) => void): void;
  attempts(): CallbackAttempt[];
  clear(): void;
  stop(): void;
}

/** `act` runs what may change the state. */
export function makeCourier(act: (what: () => void) => void): Courier {
  const stopped = new AbortController();
  const lines = new Map<string, Promise<void>>();
  let attempts: CallbackAttempt[] = [];
  const tryAll = async (world: World, callback: Callback) => {
    const { callback: target, callbackRetries, callbackTimeoutMs } = world.state.config;
    for (let attempt = 1; target !== null && attempt <= 1 + callbackRetries; attempt += 1) {
      const at = now(world);
      const started = performance.now();
      const status = await post(addressed(target, callback), callback.body, stopped.signal, callbackTimeoutMs);
      if (stopped.signal.aborted) return;
      const tookMs = Math.round(performance.now() - started);
      const { id, conversation, fault, body } = callback;
      attempts.push({ at, conversation, callback: id, attempt, status, tookMs, fault, body });
      if (status !== null && status < 300) break;
    }
    act(() => settle(world, callback.conversation, callback.answers));
  };
  return {
    callBack: (world, callback) => {
      const { conversation } = callback;
      const before = world.state.config.callbackOrder === 'kept' ? lines.get(conversation) : undefined;
      const sent = (before ?? Promise.resolve()).then(() => tryAll(world, callback)).catch(console.error);
      lines.set(conversation, sent);
    },
    fetchFile: (attachment, then) => {
      const done = (file: Fetched) => !stopped.signal.aborted && act(() => then(file));
      fetched(attachment, stopped.signal).then(done).catch(console.error);
    },
    attempts: () => [...attempts],
    clear: () => {
      attempts = [];
      lines.clear();
    },
    stop: () => stopped.abort(),
  };
}

interface Target {
  readonly url: string;
  readonly auth?: CallbackAuth;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Address {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

function addressed({ url, auth, headers = {} }: Target, { badAuth }: Callback): Address {
  const common = { 'content-type': 'application/json', accept: 'application/json', ...headers };
  const proof = (secret: string) => (badAuth ? `not-${secret}` : secret);
  switch (auth?.kind) {
    case undefined:
      return { url, headers: common };
    case 'basic': {
      const encoded = Buffer.from(`${auth.user}:${proof(auth.password)}`).toString('base64');
      return { url, headers: { ...common, authorization: `Basic ${encoded}` } };
    }
    case 'bearer':
      return { url, headers: { ...common, authorization: `Bearer ${proof(auth.token)}` } };
    case 'header':
      return { url, headers: { ...common, [auth.name]: proof(auth.value) } };
    case 'query': {
      const full = new URL(url);
      full.searchParams.set(auth.name, proof(auth.value));
      return { url: full.href, headers: common };
    }
  }
}

async function post(to: Address, body: string, stopped: AbortSignal, timeoutMs: number): Promise<number | null> {
  const signal = AbortSignal.any([stopped, AbortSignal.timeout(timeoutMs)]);
  try {
    const answer = await fetch(to.url, { method: 'POST', headers: to.headers, body, redirect: 'manual', signal });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return null;
  }
}

async function fetched(attachment: Attachment, stopped: AbortSignal): Promise<Fetched> {
  const { url, headers } = attachment;
  const nothing = { attachment, bytes: undefined, contentType: '' };
  try {
    const signal = AbortSignal.any([stopped, AbortSignal.timeout(fetchTimeoutMs)]);
    const answer = await fetch(url, { headers, redirect: 'manual', signal });
    if (!answer.ok) return nothing;
    const bytes = Buffer.from(await answer.arrayBuffer());
    const contentType = answer.headers.get('content-type') ?? 'application/octet-stream';
    return bytes.length > largestFile ? nothing : { attachment, bytes, contentType };
  } catch {
    return nothing;
  }
}
