import type { RuleInput, ScriptInput } from './dialogue/script';
import type { FaultRuleInput } from './faults/fault';
import type { LoggedRequest } from './http/request-log';
import type { PresetName } from './presets/presets';
import type { Settings } from './settings';

/** How to start a simulated Rasa: all of its settings, where it listens, and what it says at first. */
export type RasaOptions = Partial<Settings> & {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  readonly preset?: PresetName;
  /** Serves https with this key and certificate. */
  readonly tls?: { readonly key: string; readonly cert: string };
};

/** A running simulated Rasa. What can be done here can be done over HTTP under `/__sim` as well. */
export interface RasaSimulator {
  readonly url: string;
  readonly port: number;
  /** Puts rules, or a whole dialogue, on top of the preset's. Replaces what was put there before. */
  script(script: readonly RuleInput[] | ScriptInput): void;
  /** Changes the dialogue underneath. */
  preset(name: PresetName): void;
  /** Orders these faults instead of those before. */
  faults(rules: readonly FaultRuleInput[]): void;
  /** All requests since the last reset, the control calls left out. */
  requests(): readonly LoggedRequest[];
  /** A conversation with all of its events, or nothing when it does not exist. */
  tracker(id: string): Readonly<Record<string, unknown>> | undefined;
  /** Moves the clock on. */
  advance(ms: number): Promise<void>;
  /** Says something over the callback channel unasked. */
  push(sender: string, items: readonly Readonly<Record<string, unknown>>[]): Promise<void>;
  modelLoaded(loaded: boolean): void;
  /** Dies, loses its conversations unless told otherwise, and is back after a time of the simulator's clock. */
  restart(how?: { readonly downMs?: number; readonly keepTrackers?: boolean }): Promise<void>;
  /** Forgets conversations, faults, rules and requests. */
  reset(): void;
  close(): Promise<void>;
}
