import type { SimulatorClock } from './clock';
import type { LockSettings } from './ticket-lock';

/** The Rasa releases that can be played. They differ in what REST keeps and in what the tracker shows. */
export type RasaVersion = '3.0.4' | '3.6.21' | 'pro-3.16';

/** How this Rasa is set up. */
export interface Settings {
  readonly version: RasaVersion;
  /** Whether there is an HTTP API besides the channels. */
  readonly enableApi: boolean;
  /** Guards the API, not the channels. */
  readonly authToken: string | undefined;
  /** Guards the API as well; either key opens. */
  readonly jwtSecret: string | undefined;
  readonly metadataOnRest: boolean;
  readonly lock: LockSettings;
  readonly responseTimeoutMs: number;
  readonly keepAliveMs: number;
  /** 0: a session never ends. */
  readonly sessionExpirationMin: number;
  readonly carryOverSlots: boolean;
  /** Instead of the slots the script asks for. */
  readonly declaredSlots: readonly string[] | undefined;
  readonly declaredIntents: readonly string[];
  /** What Rasa does not do: decode conversation ids in paths. */
  readonly decodePath: boolean;
  readonly modelLoaded: boolean;
  /** Each answer of the bot takes a time between these two. */
  readonly latencyMs: readonly [number, number];
  readonly seed: number;
  readonly maxBodyBytes: number;
  /** Where the callback channel delivers to. */
  readonly callback: { readonly url: string; readonly headers?: Readonly<Record<string, string>> } | undefined;
  readonly clock: SimulatorClock | undefined;
}

/** The settings of a plain `rasa run --enable-api`, changed where asked. */
export function settingsFrom(given: Partial<Settings>): Settings {
  const version = given.version ?? '3.6.21';
  const enableApi = given.enableApi ?? true;
  return {
    version,
    enableApi,
    authToken: undefined,
    jwtSecret: undefined,
    metadataOnRest: version !== '3.0.4',
    lock: { lifetimeMs: 60_000, pollMs: 1000 },
    responseTimeoutMs: enableApi ? 3_600_000 : 60_000,
    keepAliveMs: 5000,
    sessionExpirationMin: 60,
    carryOverSlots: true,
    declaredSlots: undefined,
    declaredIntents: [],
    decodePath: false,
    modelLoaded: true,
    latencyMs: [0, 0],
    seed: 1,
    maxBodyBytes: 100_000_000,
    callback: undefined,
    clock: undefined,
    ...stated(given),
  };
}

function stated(given: Partial<Settings>): Partial<Settings> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
