import { makeServiceHosts } from '../../src/teams/service-hosts';

const strict = makeServiceHosts({ extra: ['proxy.example', 'bots.example:8443', '10.1.2.3:9000'], dev: false });
const dev = makeServiceHosts({ extra: [], dev: true });

test.each([
  ['https://smba.trafficmanager.net/amer/', 'https://smba.trafficmanager.net/amer'],
  ['https://smba.trafficmanager.net/emea/0a1b/', 'https://smba.trafficmanager.net/emea/0a1b'],
  ['https://SMBA.TrafficManager.net', 'https://smba.trafficmanager.net'],
  ['https://smba.trafficmanager.net:443/teams', 'https://smba.trafficmanager.net/teams'],
  ['https://smba.infra.gcc.teams.microsoft.com/teams', 'https://smba.infra.gcc.teams.microsoft.com/teams'],
  ['https://smba.infra.gov.teams.microsoft.us/teams', 'https://smba.infra.gov.teams.microsoft.us/teams'],
  ['https://smba.infra.dod.teams.microsoft.us/teams', 'https://smba.infra.dod.teams.microsoft.us/teams'],
  ['https://proxy.example/teams', 'https://proxy.example/teams'],
  ['https://proxy.example:8443/teams', 'https://proxy.example:8443/teams'],
  ['https://bots.example:8443/', 'https://bots.example:8443'],
  ['https://10.1.2.3:9000/', 'https://10.1.2.3:9000'],
])('%s may be sent to', (address, base) => {
  expect(strict.baseOf(address)).toBe(base);
});

test.each([
  'http://smba.trafficmanager.net/amer/',
  'https://evil.trafficmanager.net/',
  'https://smba.trafficmanager.net.evil.example/',
  'https://smba.trafficmanager.net./amer/',
  'https://xsmba.trafficmanager.net/',
  'https://smba.trafficmanager.net:8443/',
  'https://smba.trafficmanager.net@evil.example/',
  'https://user:pass@smba.trafficmanager.net/',
  'https://evil.example/smba.trafficmanager.net',
  'https://evil.example#smba.trafficmanager.net',
  'https://evil.example?smba.trafficmanager.net',
  'https://smba.trafficmanager.net/?to=',
  'https://smba.trafficmanager.net/#',
  'https:\\\\smba.trafficmanager.net\\amer',
  'https://evil.example\\@smba.trafficmanager.net/',
  'https:smba.trafficmanager.net',
  '//smba.trafficmanager.net/',
  ' https://smba.trafficmanager.net/',
  'https://smba.traffic\nmanager.net/',
  'https://smba.trafficmanager.net/a b',
  'https://teams.microsoft.com/',
  'https://sub.proxy.example/',
  'http://proxy.example/',
  'https://bots.example/',
  'https://bots.example:9443/',
  'https://127.0.0.1/',
  'http://127.0.0.1:3978/',
  'http://localhost:3978/',
  'http://169.254.169.254/latest/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'not an address',
  '',
  undefined,
  null,
  42,
  {},
])('%p may not be sent to', (address) => {
  expect(strict.baseOf(address)).toBeUndefined();
});

test.each(['http://127.0.0.1:3978/x/', 'http://localhost:56150/_connector', 'http://[::1]:80/', 'https://127.9.9.9/'])(
  '%s may be sent to in development',
  (address) => {
    expect(dev.baseOf(address)).toBeDefined();
  },
);

test.each([
  'http://127.0.0.1.evil.example/',
  'http://10.0.0.1/',
  'http://localhost.evil.example/',
  'http://smba.trafficmanager.net/',
  'https://evil.example/',
])('%s may not even be sent to in development', (address) => {
  expect(dev.baseOf(address)).toBeUndefined();
});
