import type { FaultAction } from '../faults/rule';
import type { OAuthClient, Token, User } from '../model/state';
import { findUser, newId, now, type World } from '../model/world';
import { type Answer, json } from './answer';
import type { Incoming } from './call';
import { same } from './identity';

/** The token endpoint: client_credentials, password and refresh_token. */
export function answerToken(world: World, incoming: Incoming, fault: FaultAction): Answer {
  if (incoming.method !== 'POST') return json(405, { error: 'invalid_request', error_description: 'POST only' });
  if (!incoming.headers['content-type']?.startsWith('application/x-www-form-urlencoded'))
    return json(400, { error: 'invalid_request', error_description: 'not a form' });
  const form = new URLSearchParams(incoming.body);
  const client = world.state.clients.find((each) => each.id === form.get('client_id'));
  const isKnown = client !== undefined && same(client.secret, form.get('client_secret') ?? '');
  if (!isKnown || fault['token.deny']) return denied();
  const token = grant(world, client, form);
  if (token === 'unsupported') return json(400, { error: 'unsupported_grant_type' });
  return token ? issued(world, token, fault) : denied();
}

/** Every token of this user is worthless from now on. */
export function expireTokens(world: World, userName: string | undefined): void {
  const user = userName === undefined ? undefined : findUser(world.state, userName);
  for (const token of world.state.tokens)
    if (!user || token.userId === user.sysId) token.expiresAt = Math.min(token.expiresAt, now(world));
}

function grant(world: World, client: OAuthClient, form: URLSearchParams): Token | 'unsupported' | undefined {
  switch (form.get('grant_type')) {
    case 'client_credentials': {
      const user = findUser(world.state, client.userName);
      return user && tokenFor(world, client, user, false);
    }
    case 'password': {
      const user = findUser(world.state, form.get('username') ?? '');
      return user && same(user.password, form.get('password') ?? '') ? tokenFor(world, client, user, true) : undefined;
    }
    case 'refresh_token': {
      const old = world.state.tokens.find(
        (each) => each.refresh !== null && each.refresh === form.get('refresh_token'),
      );
      if (!old || old.clientId !== client.id || old.refreshUntil <= now(world)) return undefined;
      return renewed(world, old);
    }
    default:
      return 'unsupported';
  }
}

/** The client's token for this user while it lives, else a new one. */
function tokenFor(world: World, client: OAuthClient, user: User, refreshable: boolean): Token {
  const known = world.state.tokens.find(
    (each) => each.clientId === client.id && each.userId === user.sysId && (each.refresh !== null) === refreshable,
  );
  if (known) return renewed(world, known);
  const token: Token = {
    access: newId(world) + newId(world),
    refresh: refreshable ? newId(world) + newId(world) : null,
    clientId: client.id,
    userId: user.sysId,
    expiresAt: now(world) + world.state.config.tokenSeconds * 1000,
    refreshUntil: now(world) + world.state.config.refreshSeconds * 1000,
  };
  world.state.tokens.push(token);
  world.keep();
  return token;
}

function renewed(world: World, token: Token): Token {
  if (token.expiresAt > now(world)) return token;
  token.access = newId(world) + newId(world);
  token.expiresAt = now(world) + world.state.config.tokenSeconds * 1000;
  world.keep();
  return token;
}

function issued(world: World, token: Token, fault: FaultAction): Answer {
  const short = fault['token.sameTokenShortLife'];
  if (short) token.expiresAt = Math.min(token.expiresAt, now(world) + short.seconds * 1000);
  return json(200, {
    access_token: token.access,
    ...(token.refresh === null ? {} : { refresh_token: token.refresh }),
    scope: 'useraccount',
    token_type: 'Bearer',
    expires_in: Math.max(0, Math.floor((token.expiresAt - now(world)) / 1000)),
  });
}

function denied(): Answer {
  return json(401, { error: 'server_error', error_description: 'access_denied' });
}
