import type { Config } from '../../../src/config/config';
import type { Clock } from '../../../src/engine/ports';
import { makeCredentials } from '../../../src/teams/credentials';
import { TeamsMessenger } from '../../../src/teams/messenger';
import { makeServiceHosts } from '../../../src/teams/service-hosts';
import { makeTokenSource } from '../../../src/teams/tokens';
import type { Texts } from '../../../src/texts/texts';
import { makeCaller } from '../../../src/upstream/call';
import { anywhere } from '../../support/anywhere';

interface MessengerParts {
  readonly texts: Texts;
  readonly clock: Clock;
  readonly timeoutMs: number;
}

/** The real messenger with a deadline of one's own: the product's fifteen seconds are more than a test wants to wait. */
export function makeMessenger(teams: Config['teams'], { texts, clock, timeoutMs }: MessengerParts) {
  const { appId, credential, loginUrl, serviceHosts } = teams;
  if (!appId || !credential) throw new Error('these tests have authentication on');
  const [call, login] = [makeCaller('teams', { reach: anywhere }), makeCaller('teams', { reach: anywhere })];
  const tokens = makeTokenSource({
    credentials: makeCredentials({ appId, loginUrl, ...credential }, login),
    now: () => clock.wall(),
  });
  const hosts = makeServiceHosts({ extra: serviceHosts, dev: true });
  const messenger = new TeamsMessenger({ call, hosts, texts, timeoutMs, tokens });
  return Object.assign(messenger, {
    close: () => {
      call.close();
      login.close();
    },
  });
}
