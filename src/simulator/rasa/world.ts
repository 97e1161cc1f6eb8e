import type { Bot } from './bot/bot';
import { metadataSlot } from './bot/session';
import { runningClock, type SimulatorClock } from './clock';
import { layered, type Script, scriptSchema } from './dialogue/script';
import { FaultBook } from './faults/fault-book';
import type { Levers } from './faults/spoil-request';
import { RequestLog } from './http/request-log';
import { builtins } from './presets/builtins';
import { type PresetName, presets } from './presets/presets';
import { type Random, seededRandom } from './random';
import type { Settings } from './settings';
import { TicketLocks } from './ticket-lock';
import { Trackers } from './trackers';

const nothing = scriptSchema.parse({});
const ground = scriptSchema.parse(builtins);

/** Everything that makes up one Rasa, apart from its sockets. */
export class World {
  readonly clock: SimulatorClock;
  readonly random: Random;
  readonly locks: TicketLocks;
  readonly trackers: Trackers;
  readonly faults = new FaultBook();
  readonly log: RequestLog;
  readonly bot: Bot;
  private written: Script = nothing;
  private base: Script;
  private played: Script;
  private loaded: boolean;
  private skewMs = 0;
  private readonly undeclared = new Set<string>();

  constructor(
    readonly settings: Settings,
    private readonly preset: PresetName,
  ) {
    this.clock = settings.clock ?? runningClock();
    this.random = seededRandom(settings.seed);
    this.loaded = settings.modelLoaded;
    this.base = scriptSchema.parse(presets[preset]);
    this.played = layered(this.written, this.base, ground);
    this.locks = new TicketLocks({ clock: this.clock, settings: settings.lock });
    const now = () => this.clock.now() + this.skewMs;
    this.trackers = new Trackers({ now, slots: () => this.slots(), modelId: 'simulated' });
    this.log = new RequestLog(() => this.clock.now());
    this.bot = {
      clock: this.clock,
      settings,
      random: this.random,
      locks: this.locks,
      trackers: this.trackers,
      script: () => this.played,
      isLoaded: () => this.loaded,
    };
  }

  /** Puts a dialogue on top of the preset's. */
  write(script: Script): void {
    this.written = script;
    this.played = layered(this.written, this.base, ground);
  }

  /** Changes the dialogue underneath. */
  usePreset(name: PresetName): void {
    this.base = scriptSchema.parse(presets[name]);
    this.played = layered(this.written, this.base, ground);
  }

  load(loaded: boolean): void {
    this.loaded = loaded;
  }

  /** The handles that faults pull. */
  levers(restart: (downMs: number) => void): Levers {
    return {
      bot: this.bot,
      undeclare: (slots) => {
        for (const slot of slots) this.undeclared.add(slot);
      },
      skewClock: (ms) => {
        this.skewMs = ms;
      },
      reloadModel: (ms) => {
        this.load(false);
        void this.clock.sleep(ms).then(() => this.load(true));
      },
      restart,
    };
  }

  /** What a process loses when it dies: its conversations and its locks. */
  loseMemory(keepTrackers: boolean): void {
    this.locks.clear();
    if (!keepTrackers) this.trackers.clear();
  }

  /** Back to how it began. */
  reset(): void {
    this.loseMemory(false);
    this.faults.order([]);
    this.log.clear();
    this.undeclared.clear();
    this.skewMs = 0;
    this.load(this.settings.modelLoaded);
    this.usePreset(this.preset);
    this.write(nothing);
  }

  private slots(): readonly string[] {
    const declared = this.settings.declaredSlots ?? this.played.slots;
    return [...new Set([...declared, metadataSlot])].filter((slot) => !this.undeclared.has(slot));
  }
}
