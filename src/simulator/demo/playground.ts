import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Child, startChild } from './child';

/** The people of the demo, as Teams knows them. The emulator wants five beside the one who sits in front of it. */
const people = [
  { given: 'Ana', surname: 'Roja' },
  { given: 'Ben', surname: 'Okafor' },
  { given: 'Chiara', surname: 'Lindt' },
  { given: 'Dai', surname: 'Morgan' },
  { given: 'Emre', surname: 'Yilmaz' },
  { given: 'Fatou', surname: 'Diallo' },
].map(({ given, surname }, index) => ({
  id: `29:demo-${given.toLowerCase()}`,
  name: `${given} ${surname}`,
  userPrincipleName: `${given}.${surname}@contoso.example`.toLowerCase(),
  aadObjectId: `00000000-0000-0000-0000-00000000000${index + 1}`,
  givenName: given,
  surname,
  email: `${given}.${surname}@contoso.example`.toLowerCase(),
}));

/** Who sits in front of the demo's Teams. */
export const employee = people[0] as (typeof people)[number];
export const conversationId = 'a:demo-personal-chat';

const context = {
  version: '0.1.1',
  tenantId: '00000000-0000-0000-0000-0000000000aa',
  bot: { id: '28:demo-bot', name: 'Help' },
  currentUser: employee,
  users: people.slice(1),
  personalChat: { id: conversationId },
  groupChat: { id: '19:demo-group@thread.v2', name: 'Group chat' },
  team: {
    id: '19:demo-team@thread.tacv2',
    name: 'Contoso',
    aadGroupId: '00000000-0000-0000-0000-0000000000bb',
    channels: [{ id: '19:demo-channel@thread.tacv2', name: 'General' }],
  },
};

/** Microsoft's Agents Playground, an emulator of the Teams client, in front of the given bot. It writes only into `folder`. */
export function startPlayground(options: {
  readonly endpoint: string;
  readonly port: number;
  readonly folder: string;
}): Child {
  const { endpoint, port, folder } = options;
  const config = join(folder, '.m365agentsplayground.yml');
  writeFileSync(config, JSON.stringify(context)); // JSON is YAML
  const cli = join(
    dirname(createRequire(__filename).resolve('@microsoft/m365agentsplayground/package.json')),
    'cli.js',
  );
  const args = [cli, 'start', '-e', endpoint, '-c', 'msteams', '-p', String(port), '--disable-telemetry'];
  return startChild({
    name: 'Agents Playground',
    args,
    cwd: folder,
    env: {
      HOME: folder,
      TEAMSAPPTESTER_BROWSER: 'none',
      M365_AGENTS_PLAYGROUND_CONFIG_PATH: config,
      M365_AGENTS_PLAYGROUND_LOGFILE: join(folder, 'playground.log'),
    },
  });
}
