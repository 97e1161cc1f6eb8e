import type { ConversationEvent } from '../../src/conversation/events';
import type { Instant } from '../../src/conversation/types';
import type { Clock, Log } from '../../src/engine/ports';
import { TeamsAdapter } from '../../src/teams/adapter';
import { TeamsAuthentication } from '../../src/teams/authentication';
import { makeBot, type OfferEvent } from '../../src/teams/bot';
import { makeServiceHosts } from '../../src/teams/service-hosts';
import { SigningKeys } from '../../src/teams/signing-keys';
import { makeTexts } from '../../src/texts/texts';
import { makeCaller } from '../../src/upstream/call';
import { anywhere } from '../support/anywhere';
import type { TeamsChannel } from '../support/teams-channel';

export interface Taken {
  readonly key: string;
  readonly event: ConversationEvent;
  readonly turn?: string;
}

/** The whole receiving side against a channel, with nothing behind it but a list of what was offered. */
export function receivingSide(
  channel: Pick<TeamsChannel, 'appId' | 'tenantId' | 'authority'>,
  options: { readonly authentication?: boolean; readonly tenants?: readonly string[]; readonly dev?: boolean } = {},
) {
  const taken: Taken[] = [];
  const lines: string[] = [];
  const time = { now: Date.now() };
  const store: { trouble?: Error } = {};
  const clock: Clock = { now: () => time.now as Instant, wall: () => time.now, after: () => () => {} };
  const write = (event: string, fields?: unknown) => lines.push(`${event} ${JSON.stringify(fields)}`);
  const log: Log = { info: write, warn: write, error: write };
  const caller = makeCaller('teams', { reach: anywhere });
  const { metadataUrl, issuer } = channel.authority;
  const keys = new SigningKeys({ call: caller, metadataUrl, now: () => time.now, timeoutMs: 10_000 });
  const authentication = new TeamsAuthentication({
    ...(options.authentication === false ? {} : { appId: channel.appId }),
    issuer,
    keys,
    hosts: makeServiceHosts({ extra: [], dev: options.dev ?? true }),
    tenants: options.tenants ?? [channel.tenantId],
    now: () => time.now,
  });
  const offer: OfferEvent = async (key, event, { turn }) => {
    if (store.trouble) throw store.trouble;
    taken.push({ key, event, ...(turn === undefined ? {} : { turn }) });
  };
  const bot = makeBot({ offer, clock, texts: makeTexts() });
  const adapter = new TeamsAdapter({ authentication, bot, log });
  return { adapter, taken, lines, time, store, keys, close: () => caller.close() };
}
