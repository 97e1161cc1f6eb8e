import type { Config } from '../config/config';
import type { Answer, Caller } from '../upstream/call';
import { once } from './once';

/** The configured Rasa server. Each question is asked once; all reject with an ApiFailure when there is no answer. */
export interface RasaServer {
  readonly root: () => Promise<Answer>;
  /** The REST channel's own health. */
  readonly channel: () => Promise<Answer>;
  /** Answers whenever the HTTP API is on. */
  readonly version: () => Promise<Answer>;
  /** Answers when the HTTP API is on, the token is right, and a model is loaded. */
  readonly status: () => Promise<Answer>;
  readonly domain: () => Promise<Answer>;
}

/** A look at the server takes no longer than this. */
const longestLookMs = 5_000;
const largestDomain = 20_000_000;

export function makeRasaServer({ url, token, headers }: Config['rasa'], call: Caller): RasaServer {
  const get = (path: string, withToken = false) =>
    once(() =>
      call({
        method: 'GET',
        url: addressOf(url, path, withToken ? token : undefined),
        // Rasa looks at the end of this header to choose between JSON and YAML.
        headers: { ...headers, accept: 'application/json' },
        timeoutMs: longestLookMs,
        maxBytes: largestDomain,
      }),
    );
  return {
    root: get('/'),
    channel: get('/webhooks/rest/'),
    version: get('/version'),
    status: get('/status', true),
    domain: get('/domain', true),
  };
}

/** The token stands in the address: addresses are never printed. */
function addressOf(base: string, path: string, token: string | undefined): string {
  const address = new URL(base);
  address.pathname = address.pathname.replace(/\/+$/, '') + path;
  if (token) address.searchParams.set('token', token);
  return address.href;
}
