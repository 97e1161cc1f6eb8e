import { createPublicKey, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import type http from 'node:http';
import jwt from 'jsonwebtoken';

/** Making a key takes longer than a test: all channels of one process sign with the same, under ids of their own. */
const signingKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

/** Who signs for the channel, and who gives the bot its own tokens: a small working model of both. */
export class TokenAuthority {
  readonly privateKey = signingKey;
  readonly kid = randomUUID();
  /** What the key set says beside the key. */
  endorsements: readonly string[] | undefined = ['msteams'];
  /** Further public keys that are published, by id. */
  readonly otherKeys = new Map<string, KeyObject>();
  /** How often each address was asked. */
  readonly asked = { metadata: 0, keys: 0, token: 0 };
  /** Answers of every address while set, instead of the right ones. */
  outage: number | 'hang' | undefined;
  /** The last body that asked for a token. */
  lastTokenRequest = new URLSearchParams();
  tokenLifeSeconds = 3_600;
  private readonly issued = new Set<string>();

  constructor(
    readonly base: string,
    readonly app: { readonly id: string; readonly password: string; readonly tenant: string },
  ) {}

  readonly issuer = 'https://api.botframework.com';

  get metadataUrl(): string {
    return `${this.base}/v1/.well-known/openidconfiguration`;
  }

  get loginUrl(): string {
    return this.base;
  }

  /** A token as the channel sends it; claims and header fields can be replaced, `undefined` takes one out. */
  sign(
    serviceUrl: string,
    claims: Readonly<Record<string, unknown>> = {},
    options: { readonly key?: jwt.Secret; readonly header?: Readonly<Record<string, unknown>> } = {},
  ): string {
    const now = Math.floor(Date.now() / 1000);
    const all = {
      iss: this.issuer,
      aud: this.app.id,
      serviceurl: serviceUrl,
      nbf: now - 60,
      exp: now + 3_600,
      ...claims,
    };
    const payload = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
    const header = { alg: 'RS256' as const, kid: this.kid, ...options.header };
    return jwt.sign(payload, options.key ?? this.privateKey, { algorithm: header.alg, header, noTimestamp: true });
  }

  accepts(authorization: string | undefined): boolean {
    return this.issued.has(authorization ?? '');
  }

  /** The tokens that the bot has are no longer accepted. */
  revokeAll(): void {
    this.issued.clear();
  }

  /** Answers a request for one of its addresses; false for any other. */
  answer(path: string, body: string, response: http.ServerResponse): boolean {
    if (path === '/v1/.well-known/openidconfiguration') return this.say('metadata', response, this.metadata());
    if (path === '/v1/.well-known/keys') return this.say('keys', response, { keys: this.keySet() });
    if (path.startsWith(`/${this.app.tenant}/oauth2/v2.0/token`)) return this.giveToken(body, response);
    return false;
  }

  private metadata() {
    const { issuer } = this;
    return { issuer, jwks_uri: `${this.base}/v1/.well-known/keys`, id_token_signing_alg_values_supported: ['RS256'] };
  }

  private keySet() {
    const keys = [[this.kid, this.privateKey] as const, ...this.otherKeys];
    return keys.map(([kid, key]) => {
      const { kty, n, e } = createPublicKey(key as Parameters<typeof createPublicKey>[0]).export({ format: 'jwk' });
      return { kty, n, e, kid, use: 'sig', ...(this.endorsements ? { endorsements: this.endorsements } : {}) };
    });
  }

  private giveToken(body: string, response: http.ServerResponse): boolean {
    const request = new URLSearchParams(body);
    this.lastTokenRequest = request;
    const isKnown =
      request.get('client_id') === this.app.id &&
      request.get('grant_type') === 'client_credentials' &&
      (request.get('client_secret') === this.app.password || request.has('client_assertion'));
    if (!isKnown && this.outage === undefined) {
      this.asked.token += 1;
      send(response, 401, { error: 'invalid_client', error_description: 'AADSTS7000215' });
      return true;
    }
    const token = jwt.sign({ jti: randomUUID() }, 'the far side of this token is the fake connector');
    this.issued.add(`Bearer ${token}`);
    return this.say('token', response, {
      token_type: 'Bearer',
      expires_in: this.tokenLifeSeconds,
      ext_expires_in: this.tokenLifeSeconds,
      access_token: token,
    });
  }

  private say(what: keyof TokenAuthority['asked'], response: http.ServerResponse, body: unknown): true {
    this.asked[what] += 1;
    if (this.outage === undefined) send(response, 200, body);
    else if (this.outage !== 'hang') send(response, this.outage, { error: 'temporarily_unavailable' });
    return true;
  }
}

export function send(
  response: http.ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
