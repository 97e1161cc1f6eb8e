import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Courier, makeCourier } from './bot-api/courier';
import { makeBotActions } from './bot-api/desk-actions';
import { takeFile } from './bot-api/employee';
import { makeActions } from './control/actions';
import { makeSimulatorClock } from './control/clock';
import type { ResetOptions } from './control/commands';
import { type Listeners, makeListeners } from './control/events';
import { makeFixtures } from './control/fixtures';
import type { Methods } from './control/methods';
import { serveControl } from './control/serve';
import { type Journal, makeJournal } from './journal';
import { type Keeper, makeKeeper } from './keeper';
import type { ClockState } from './model/clock';
import type { Config } from './model/config';
import { type Fixture, freshState } from './model/fixture';
import { makePush, type Push } from './push';
import { readStateFile } from './state-file';
import { listen } from './wire/listen';
import { servePlatform } from './wire/serve';
import { makeWaits, type Waits } from './wire/wait';

/** How a simulated instance starts. */
export interface SimulatorOptions {
  /** 0, the default, takes a free port. Only loopback is listened on. */
  readonly port?: number;
  /** The same seed and the same calls give the same ids. */
  readonly seed?: string | number;
  /** Where the state is kept through a restart; a file that is there wins over seed, clock, switches and fixture. */
  readonly stateFile?: string;
  readonly clock?: ClockOption;
  readonly config?: Partial<Config>;
  readonly fixture?: Partial<Fixture>;
}

export interface ClockOption {
  readonly mode: 'real' | 'manual';
  /** Epoch milliseconds, for a manual clock. */
  readonly now?: number;
}

/** A running simulated instance. Its methods do what the control plane does. */
export interface ServiceNowSimulator extends Methods {
  readonly url: string;
  readonly port: number;
  /** Stops listening, breaks what is still open and stores the state. */
  close(): Promise<void>;
}

/** Starts a simulated ServiceNow instance on loopback. */
export async function startServiceNow(options: SimulatorOptions = {}): Promise<ServiceNowSimulator> {
  const courier = makeCourier((what) => keeper.act(what));
  const parts = { journal: makeJournal(), waits: makeWaits(), push: makePush(), listeners: makeListeners(), courier };
  const stored = options.stateFile === undefined ? undefined : readStateFile(options.stateFile);
  const keeper: Keeper = makeKeeper({
    state: stored ?? fresh(options),
    stateFile: options.stateFile,
    onChange: (chat) => parts.listeners.tell(chat),
    onRow: (world, chat, row) => parts.push.rowWritten(world, chat, row),
    onCallback: (world, callback) => courier.callBack(world, callback),
    onFetch: (world, id, attachment) => courier.fetchFile(attachment, (file) => takeFile(world, id, file)),
    onMessage: (world, about, message) => parts.push.send(world, about, message),
  });
  const methods = methodsOf(keeper, parts, options);
  const plane = { world: keeper.world, journal: parts.journal, waits: parts.waits, act: keeper.act };
  const control = { world: keeper.world, methods, listeners: parts.listeners };
  const server = await listen(options.port ?? 0, (request, response) =>
    request.url?.startsWith('/__sim')
      ? serveControl(control, request, response)
      : servePlatform(plane, request, response),
  );
  const { port } = server.address() as AddressInfo;
  const close = () => stop(server, keeper, parts);
  return { ...methods, url: `http://127.0.0.1:${port}`, port, close };
}

interface Parts {
  readonly journal: Journal;
  readonly waits: Waits;
  readonly push: Push;
  readonly listeners: Listeners;
  readonly courier: Courier;
}

function methodsOf(keeper: Keeper, { journal, push, courier }: Parts, options: SimulatorOptions): Methods {
  return {
    ...acting(keeper, makeActions(keeper.world)),
    ...acting(keeper, makeFixtures(keeper.world)),
    ...acting(keeper, makeBotActions(keeper.world)),
    clock: acting(keeper, makeSimulatorClock(keeper.world)),
    journal: (since = 0) => journal.since(since),
    pushes: () => push.attempts(),
    callbacks: () => courier.attempts(),
    reset: (given = {}) => {
      keeper.act(() => restart(keeper, options, given));
      journal.clear();
      push.clear();
      courier.clear();
    },
  };
}

async function stop(server: Server, keeper: Keeper, { listeners, waits, push, courier }: Parts): Promise<void> {
  listeners.close();
  waits.endAll();
  push.stop();
  courier.stop();
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
  keeper.stop();
}

function fresh(options: SimulatorOptions) {
  const { seed = 1, clock, config, fixture } = options;
  return structuredClone(freshState({ seed: String(seed), clock: clockState(clock), config, fixture }));
}

function restart(keeper: Keeper, options: SimulatorOptions, given: ResetOptions): void {
  keeper.world.state = fresh({ ...options, seed: given.seed ?? options.seed, clock: given.clock ?? options.clock });
  keeper.world.changed(null);
}

function clockState(option: ClockOption = { mode: 'real' }): ClockState {
  return option.mode === 'real' ? { mode: 'real', offset: 0 } : { mode: 'manual', now: option.now ?? Date.now() };
}

/** The same methods, each of them followed by what falls due and by storing what changed. */
function acting<T extends object>(keeper: Keeper, methods: T): T {
  const wrapped = Object.entries(methods).map(([name, method]: [string, (...given: unknown[]) => unknown]) => [
    name,
    (...given: unknown[]) => keeper.act(() => method(...given)),
  ]);
  return Object.fromEntries(wrapped) as T;
}
