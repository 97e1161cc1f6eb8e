import { readFileSync } from 'node:fs';
import { makeAdminDesk } from './admin/desk';
import { makeAdminRoutes } from './admin/routes';
import { type Config, loadConfig } from './config/config';
import { ConfigProblems } from './config/problems';
import { readSecretFile } from './config/secret-files';
import { makeLedger } from './control/ledger';
import { controlPath } from './control/path';
import { startControl } from './control/server';
import { machineTime, makeClock } from './engine/clock';
import { makeCouriers } from './engine/couriers/couriers';
import { Engine } from './engine/engine';
import { defaultLimits, Load } from './engine/load';
import { mandateHolds } from './engine/mandate';
import { passOnNews } from './engine/nudge';
import type { Ownership } from './engine/ownership';
import { Pace } from './engine/pace';
import type { Clock, Log } from './engine/ports';
import { Reader } from './engine/reader';
import type { ConversationStore } from './engine/store';
import { Sweeper } from './engine/sweeper';
import { makeAgentTyping, makeEmployeeTyping } from './engine/typing';
import { callbacksOf, guard, makeSides, profileOf, rulesOf, type Settled, settle } from './far-sides';
import { makeEvents } from './http/events';
import { makeHealth } from './http/health';
import { everyLog, makeLog } from './http/log';
import { makeMetrics } from './http/metrics';
import { startServer } from './http/server';
import { flushTraces, makeTrace } from './http/trace';
import { NoProfile } from './servicenow/auto';
import { openStore } from './store/open';
import { StoreError } from './store/store-error';
import { teamsLimits } from './teams/limits';
import { makeTeams } from './teams/teams';
import { makeTexts, type Texts } from './texts/texts';
import { parseTextsFile } from './texts/texts-file';
import { makeTranscriptWriter } from './texts/transcript';

/** Deliveries that are under way when the process is asked to stop may settle for so long. */
const graceMs = 10_000;
/** Time begins to count at the latest so long after the start, also when threads cannot be read. */
const longestFirstLookMs = 10_000;
/** What is left of the traces at the end is waited for so long. */
const longestFlushMs = 2_000;
/** Reads of threads under way at once. */
const parallelReads = 8;

/** What the parts of the start share. */
interface Works {
  readonly ownership: Ownership;
  readonly store: ConversationStore;
  readonly engine: Engine;
  readonly reader: Reader;
  readonly clock: Clock;
  readonly log: Log;
}

/** Undoes what the start did, the newest first. */
type Closers = (() => Promise<void> | void)[];

async function main(): Promise<void> {
  const config = configure();
  const log = makeLog(config.logLevel);
  const closers: Closers = [];
  process.on('uncaughtException', (error) => fail(log, error));
  let isStopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (!isStopping) void shutDown(log, closers, signal);
      isStopping = true;
    });
  }
  const settled = await settle(config, makeClock(machineTime), log).catch(misconfigured);
  await start(settled, log, closers);
}

/** The configuration of the environment and, beside it, of `.env`. Ends the process when something is wrong with it. */
function configure(): Config {
  try {
    process.loadEnvFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  try {
    const config = loadConfig(process.env, (path) => readFileSync(path, 'utf8'), readSecretFile);
    textsOf(config);
    const { profile } = config.serviceNow;
    if (profile !== 'auto') profileOf({ ...config, serviceNow: { ...config.serviceNow, profile } });
    return config;
  } catch (error) {
    misconfigured(error);
  }
}

/** Says what is wrong with the configuration, and ends the process. Throws what is something else. */
function misconfigured(error: unknown): never {
  if (!(error instanceof ConfigProblems) && !(error instanceof NoProfile)) throw error;
  const problems = error instanceof NoProfile ? [error.message] : error.problems;
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  process.exit(2);
}

function textsOf(config: Config): Texts {
  if (config.texts === undefined) return makeTexts();
  const file = parseTextsFile(config.texts);
  if (file.ok) return makeTexts(file.overrides);
  throw new ConfigProblems(file.problems.map((problem) => `TEXTS_FILE ${problem}`));
}

/** Store, far sides, engine, reader, sweeper, server: each stands on those before it. */
async function start(config: Settled, stdout: Log, closers: Closers): Promise<void> {
  const trace = makeTrace();
  closers.push(() => handOverTraces(stdout));
  const opened = await openStore(config.database, machineTime);
  const { store, ownership } = opened;
  closers.push(() => opened.close());
  const health = makeHealth(() => store.check());
  const reading: { reader?: Reader } = {};
  const metrics = makeMetrics({ live: () => reading.reader?.watching ?? 0, lagMs: () => reading.reader?.lagMs ?? 0 });
  const log = everyLog(stdout, metrics.log, health.log);
  const clock = makeClock(opened.time, await store.newest());
  const texts = textsOf(config);
  const mayCall = () => ownership.mayAct() && mandateHolds();
  const teams = makeTeams({ settings: { ...config.teams, dev: config.dev }, texts, clock, log, mayCall });
  const { inbox } = opened;
  const { assistant, desk } = makeSides(config, { texts, clock, log, mayCall, inbox });
  closers.push(() => {
    for (const side of [teams, assistant, desk]) side.close();
  });
  const rules = rulesOf(config);
  const guarded = guard({ assistant, desk, messenger: teams.messenger }, { clock, log, metrics, trace });
  const pace = new Pace({ store, clock, ownership, limits: teamsLimits });
  const files = { share: teams.files, desk: guarded.fileDesk, blobs: opened.blobs };
  const writeTranscript = makeTranscriptWriter(texts);
  const couriers = makeCouriers({ ...guarded, files, store, pace, clock, log, writeTranscript });
  const engine = new Engine({ store, couriers, pace, ownership, clock, rules, log, trace, random: Math.random });
  closers.push(() => engine.stop(graceMs));
  const offer = engine.offer.bind(engine);
  const { pollMs } = config.serviceNow;
  const reader = new Reader({
    desk: guarded.desk,
    clock,
    ownership,
    rules,
    log,
    pollMs,
    parallel: parallelReads,
    offer,
  });
  reading.reader = reader;
  engine.onChange((conversation) => reader.note(conversation));
  engine.onChange(metrics.chat);
  const works: Works = { ownership, store, engine, reader, clock, log };
  await engine.doubtAfterBackup();
  shareWork(works);
  closers.push(() => opened.retire());
  closers.push(() => reader.stop());
  if (config.database.kind === 'file') {
    const control = await startControl({
      path: controlPath(config.database.path),
      store,
      offer,
      backUp: opened.backUp,
      log,
    });
    closers.push(() => control.close());
  }
  const sweeper = new Sweeper({ store, clock, log, retentionDays: config.retentionDays, sweep: () => engine.sweep() });
  await takeUp(works, sweeper);
  closers.push(() => sweeper.stop());
  const load = new Load({ clock, store, limits: defaultLimits, steady: machineTime.steady });
  load.start();
  closers.push(() => load.stop());
  const employeeTypes = makeEmployeeTyping({ desk: guarded.desk, store, clock });
  const reception = teams.door((key, event, more) => load.take(key, () => offer(key, event, more)), employeeTypes);
  const heard = passOnNews(ownership, clock, () => reader.wake());
  const readiness = () => health.readiness();
  const adminDesk = makeAdminDesk({ store, ledger: makeLedger({ store, offer }), offer, clock, readiness });
  const typing = makeAgentTyping({ messenger: guarded.messenger, pace, store, clock, ownership });
  const chatOf = async (user: string) => (await store.watched()).find(({ chat }) => chat.user === user)?.chat.id;
  const server = await startServer({
    callbacks: callbacksOf(config, { inbox, clock, log }, { heard, typing, chatOf }),
    events: makeEvents({ keys: config.serviceNow.eventKeys, clock, heard }),
    adminPage: makeAdminRoutes({ desk: adminDesk, token: () => config.adminToken, log }),
    reception,
    isFull: () => load.level === 'full',
    health,
    metrics,
    log,
    trace,
    ...config.server,
  });
  closers.push(() => server.close());
  log.info('listening', { port: server.port, adminPort: server.adminPort });
}

/**
 * What waited while no process was there: every effect that is due is carried out, and live chats are read. Only then does time
 * count, so that nobody is told that nobody wrote who did.
 */
async function takeUp({ ownership, store, engine, reader, clock }: Works, sweeper: Sweeper): Promise<void> {
  if (ownership.readsForAll()) await reader.takeUp(store);
  await engine.resume();
  const patience = new Promise<void>((resolve) => void clock.after(longestFirstLookMs, resolve));
  void Promise.race([reader.firstLook(), patience]).then(() => sweeper.start());
}

/** Where several processes share a store: what another one accepted, and the reading for all when it comes to this one. */
function shareWork({ ownership, store, engine, reader, log }: Works): void {
  const unread = (error: unknown) => log.error('take_up_failed', { error: (error as Error).name });
  ownership.onHint((key) => {
    engine.look(key);
    if (!ownership.readsForAll()) return;
    store.load(key).then((stored) => stored && reader.note(stored.conversation), unread);
  });
  ownership.onReading((reads) => {
    if (!reads) return reader.rest();
    log.info('reading_for_all');
    reader.takeUp(store).then(() => reader.wake(), unread);
  });
}

async function handOverTraces(log: Log): Promise<void> {
  if (!(await flushTraces(longestFlushMs))) log.warn('traces_not_handed_over');
}

async function shutDown(log: Log, closers: Closers, signal: string): Promise<void> {
  log.info('stopping', { signal });
  try {
    for (const close of [...closers].reverse()) await close();
    log.info('stopped');
    process.exit(0);
  } catch (error) {
    fail(log, error);
  }
}

/** A fault that nobody expected: said once, and the process ends; what it was doing is taken up by the next one. */
function fail(log: Log, error: unknown): never {
  log.error('fault', {
    error: error instanceof Error ? `${error.name} ${error.stack?.split('\n')[1]?.trim()}` : 'unknown',
  });
  process.exit(1);
}

main().catch((error: unknown) => {
  const known = error instanceof StoreError || (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
  process.stderr.write(`${known ? (error as Error).message : (error as Error).stack}\n`);
  process.exit(1);
});
