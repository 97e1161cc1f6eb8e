/** Addresses that look like this one, or contain it, and are none. `sink` is where a secret would be seen. */
export function hostile(good: { readonly host: string; readonly path: string }, sink: string): string[] {
  const { host, path } = good;
  const evil = 'evil.example';
  const [port = ''] = /\d+$/.exec(sink) ?? [];
  const spellings = loopbacks.flatMap((name) => [`http://${name}:${port}${path}`, `https://${name}:${port}${path}`]);
  const names = neighbours(host, evil).flatMap((name) => [`https://${name}${path}`, `http://${name}${path}`]);
  const tricks = userInfos(host, sink, path);
  const schemes = ['ftp', 'file', 'gopher', 'ws', 'wss', 'data', 'javascript', 'blob', 'unix', 'http+unix'];
  const others = schemes.flatMap((scheme) => [`${scheme}://${host}${path}`, `${scheme}:${host}${path}`]);
  const clouds = metadata.flatMap((name) => [`http://${name}${path}`, `https://${name}${path}`]);
  const nothing = [
    '',
    ' ',
    '/',
    '//',
    `//${host}${path}`,
    path,
    host,
    `${host}${path}`,
    'https:',
    'https://',
    'http://[',
    '\0',
  ];
  const ports = [80, 8_080, 8_443, 1].flatMap((other) => [
    `https://${host}:${other}${path}`,
    `http://${host}:${other}${path}`,
  ]);
  return [...new Set([...spellings, ...names, ...tricks, ...others, ...clouds, ...nothing, ...ports])];
}

/** This machine, in all its spellings. */
const loopbacks = [
  '127.0.0.1',
  '127.1',
  '127.0.1',
  '2130706433',
  '0x7f000001',
  '0x7f.1',
  '0177.0.0.1',
  '017700000001',
  '127.8.8.8',
  '0',
  '0.0.0.0',
  'localhost',
  'LOCALHOST',
  'localhost.',
  '[::1]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[0:0:0:0:0:0:0:1]',
  '[64:ff9b::7f00:1]',
  '①②⑦.⓪.⓪.①',
  '127。0。0。1',
];

/** Where clouds hand out identities and secrets, and networks that are nobody's on the internet. */
const metadata = [
  '169.254.169.254',
  '169.254.170.2',
  '2852039166',
  '0xa9fea9fe',
  '0251.0376.0251.0376',
  '168.63.129.16',
  '100.100.100.200',
  '192.0.0.192',
  'metadata.google.internal',
  '[fd00:ec2::254]',
  '[fe80::1]',
  '[::ffff:169.254.169.254]',
  '[64:ff9b::a9fe:a9fe]',
  '10.0.0.1',
  '10.255.255.255',
  '172.16.0.1',
  '172.31.0.1',
  '192.168.0.1',
  '100.64.0.1',
  '[fc00::1]',
  '[fd12:3456::1]',
  '[2001:db8::1]',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
];

function neighbours(host: string, evil: string): string[] {
  const parent = host.split('.').slice(1).join('.');
  return [
    `evil.${parent}`,
    `x${host}`,
    `${host}x`,
    `${host}.`,
    `${host}..`,
    `.${host}`,
    `www.${host}`,
    `${host}.${evil}`,
    `${evil}.${host}.${evil}`,
    `${host}-${evil}`,
    `${evil}-${host}`,
    `${host.replaceAll('.', '-')}.${evil}`,
    `${host.replaceAll('.', '%2e')}.${evil}`,
    `${host}%00.${evil}`,
    `${host}%2f.${evil}`,
    `${host}\u3002${evil}`,
    `${host.replace(/a/, 'а')}`,
    `${host.replace(/e/, 'е')}`,
    `${host.replace(/o/, 'о')}`,
    `${host.replace(/i/, 'ı')}x`,
    `xn--${host}`,
    parent,
    evil,
    `${host},${evil}`,
    `${host};${evil}`,
    `${host}_`,
    `${host}~`,
    `_.${host}`,
    `*.${parent}`,
    `${host}:443.${evil}`,
  ];
}

function userInfos(host: string, sink: string, path: string): string[] {
  const at = sink.replace(/^http:\/\//, '');
  const beginnings = [
    `${host}@${at}`,
    `${host}:443@${at}`,
    `user:secret@${at}`,
    `${host}%40${at}`,
    `${at}#@${host}`,
    `${at}?@${host}`,
    `${at}\\@${host}`,
    `${at}/@${host}`,
    `${host}\\@${at}`,
    `${host} @${at}`,
    `${host}\t@${at}`,
    `${host}\n@${at}`,
    `user@${host}`,
    `:@${host}`,
    `user:pw@${host}`,
    `@${at}`,
    `${at};${host}`,
    `${at}?${host}`,
    `${at}#${host}`,
    `${at}/${host}`,
    `${at}\\${host}`,
    `${at}%23${host}`,
    `${at}%3f${host}`,
    `${at}\0${host}`,
    `${at}\r\nHost: ${host}`,
  ];
  return beginnings.flatMap((text) => [
    `https://${text}${path}`,
    `http://${text}${path}`,
    `https:\\\\${text}${path}`,
    `https:/${text}${path}`,
    `https:${text}${path}`,
  ]);
}
