import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const src = join(__dirname, '..', 'src');
const files = readdirSync(src, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => relative(src, join(entry.parentPath, entry.name)));

/** Which folders of the product a folder may import; `conversation` stands at the bottom and imports nothing. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  conversation: [],
  engine: ['conversation'],
  upstream: ['conversation'],
  texts: ['conversation'],
  store: ['conversation', 'engine'],
  http: ['conversation', 'engine'],
  teams: ['conversation', 'engine', 'upstream', 'texts'],
  rasa: ['conversation', 'engine', 'upstream', 'texts'],
  servicenow: ['conversation', 'engine', 'upstream', 'texts'],
  config: ['conversation'],
  control: ['conversation', 'engine'],
  admin: ['control', 'conversation', 'engine', 'http'],
  doctor: ['config', 'conversation', 'engine', 'rasa', 'servicenow', 'store', 'teams', 'upstream'],
  cli: ['config', 'control', 'conversation', 'doctor', 'engine', 'servicenow', 'store', 'texts'],
  simulator: [],
};

/** What adapters may know of the engine: its ports, not its works. */
const ports = [
  'engine/ports.ts',
  'engine/store.ts',
  'engine/overview.ts',
  'engine/ownership.ts',
  'engine/blobs.ts',
  'engine/inbox.ts',
  'engine/trace.ts',
];
const adapters = ['store', 'http', 'teams', 'rasa', 'servicenow'];

/** Packages that only one folder may know. */
const homes: Readonly<Record<string, string>> = {
  botbuilder: 'teams',
  'botframework-connector': 'teams',
  restify: 'http',
  axios: 'upstream',
  libsql: 'store',
  pg: 'store',
  pino: 'http',
  'prom-client': 'http',
  '@opentelemetry/api': 'http',
  'node-cron': 'engine',
  'intl-messageformat': 'texts',
  yaml: 'doctor',
};

interface Import {
  readonly file: string;
  readonly target: string;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(src, file), 'utf8');
  return [...text.matchAll(/(?:\bfrom|\bimport|\brequire\()\s*'([^'\n]+)'/g)].map((match) => ({
    file,
    target: match[1] ?? '',
  }));
}

function room(file: string): string {
  return file.includes('/') ? (file.split('/')[0] ?? '') : '(root)';
}

function inside({ file, target }: Import): string {
  const found = relative(src, resolve(src, dirname(file), target));
  return files.includes(`${found}.ts`) ? `${found}.ts` : found;
}

const imports = files.flatMap(importsOf);
const own = imports
  .filter(({ target }) => target.startsWith('.'))
  .map((one) => ({ file: one.file, target: inside(one) }));

test('every folder of src has its place in the picture', () => {
  const rooms = [...new Set(files.map(room))].filter((name) => name !== '(root)');
  expect(rooms.filter((name) => !(name in allowed))).toEqual([]);
});

test('imports go along the arrows', () => {
  const wrong = own.filter(({ file, target }) => {
    const [from, to] = [room(file), room(target)];
    return from !== '(root)' && from !== to && !(allowed[from] ?? []).includes(to);
  });
  expect(wrong).toEqual([]);
});

test('adapters know the ports of the engine, not its works', () => {
  const wrong = own.filter(
    ({ file, target }) => adapters.includes(room(file)) && room(target) === 'engine' && !ports.includes(target),
  );
  expect(wrong).toEqual([]);
});

test('the core imports no package and nothing of Node', () => {
  expect(imports.filter(({ file, target }) => room(file) === 'conversation' && !target.startsWith('.'))).toEqual([]);
});

test('a package is known in its own room only', () => {
  const wrong = imports.filter(({ file, target }) => target in homes && homes[target] !== room(file));
  expect(wrong).toEqual([]);
});

test('only the simulator runs the logic of the application for ServiceNow, and that logic stands by itself', () => {
  const users = imports.filter(({ target }) => target.startsWith('#live-chat-app/')).map(({ file }) => room(file));
  expect([...new Set(users)]).toEqual(['simulator']);
  const app = join(src, '..', 'servicenow-app', 'src');
  const logic = readdirSync(join(app, 'server', 'logic')).map((name) => join(app, 'server', 'logic', name));
  const targets = logic.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/\bfrom '([^'\n]+)'/g)]);
  expect(targets.map(([, target]) => target).filter((target) => !/^\.\/[\w-]+$/.test(target ?? ''))).toEqual([]);
});

test('main does not know the simulators', () => {
  expect(own.filter(({ file, target }) => file === 'main.ts' && room(target) === 'simulator')).toEqual([]);
});

test('there are no cycles', () => {
  const graph = new Map<string, string[]>();
  for (const { file, target } of own) graph.set(file, [...(graph.get(file) ?? []), target]);
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, path: readonly string[]) => {
    if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(' → '));
    if (done.has(file) || path.includes(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  expect(cycles).toEqual([]);
});

test('only main and the commands read the environment', () => {
  const readers = files.filter((file) => /process\.env\b/.test(readFileSync(join(src, file), 'utf8')));
  expect(readers.filter((file) => file !== 'main.ts' && !['cli', 'simulator'].includes(room(file)))).toEqual([]);
});

test('no file is longer than three hundred lines', () => {
  const long = files.filter((file) => readFileSync(join(src, file), 'utf8').split('\n').length > 301);
  expect(long).toEqual([]);
});

test('nothing leaves the product but through the one place that knows where it may go', () => {
  const networks = /^import (?!type\b)[^;]*?from '(node:)?(https?|http2|net|tls|dgram|undici|axios)';/m;
  const users = files.filter((file) => networks.test(readFileSync(join(src, file), 'utf8')));
  // The server's own sockets, and the socket for commands on this machine's own file system.
  const known = ['http', 'control', 'upstream', 'simulator'];
  expect(users.filter((file) => !known.includes(room(file)))).toEqual([]);
  const callers = files.filter((file) =>
    /(?<![.\w])fetch\(['"`]|globalThis\.fetch|new WebSocket/.test(readFileSync(join(src, file), 'utf8')),
  );
  expect(callers.filter((file) => room(file) !== 'simulator')).toEqual([]);
});
