import { z } from 'zod';
import type { Item } from './dialogue/collector';
import { type RuleInput, ruleSchema, type ScriptInput, scriptSchema } from './dialogue/script';
import { type FaultRuleInput, faultRuleSchema } from './faults/fault';
import { pushInOrder } from './http/callback-channel';
import { controlCall, isControlPath } from './http/control';
import type { LoggedRequest } from './http/request-log';
import { type Serving, serve } from './http/serve';
import { trackerView } from './http/tracker-view';
import { Listener } from './listener';
import type { PresetName } from './presets/presets';
import { settingsFrom } from './settings';
import type { RasaOptions, RasaSimulator } from './simulator';
import { World } from './world';

/** Starts a simulated Rasa on the loopback interface. */
export async function startRasa(options: RasaOptions = {}): Promise<RasaSimulator> {
  const { port = 0, preset = 'plain', tls, ...settings } = options;
  const simulation = new Simulation(new World(settingsFrom(settings), preset), port, tls);
  await simulation.listen();
  return simulation;
}

class Simulation implements RasaSimulator {
  private readonly listener: Listener;
  private stopping = new AbortController();
  private closed = false;

  constructor(
    private readonly world: World,
    port: number,
    tls: RasaOptions['tls'],
  ) {
    const levers = world.levers((downMs) => void this.restart({ downMs }));
    const handle: ConstructorParameters<typeof Listener>[0]['serve'] = (request, response) => {
      const serving: Serving = { world, levers, stop: this.stopping.signal };
      const done = isControlPath(request.url)
        ? controlCall(this, request, response)
        : serve(serving, request, response);
      done.catch((error) => response.destroy(error));
    };
    this.listener = new Listener({ port, keepAliveMs: world.settings.keepAliveMs, tls, serve: handle });
  }

  get url(): string {
    return this.listener.url;
  }

  get port(): number {
    return this.listener.port;
  }

  listen(): Promise<void> {
    return this.listener.listen();
  }

  script(script: readonly RuleInput[] | ScriptInput): void {
    const isRules = Array.isArray(script);
    this.world.write(
      isRules ? scriptSchema.parse({ rules: z.array(ruleSchema).parse(script) }) : scriptSchema.parse(script),
    );
  }

  preset(name: PresetName): void {
    this.world.usePreset(name);
  }

  faults(rules: readonly FaultRuleInput[]): void {
    this.world.faults.order(z.array(faultRuleSchema).parse(rules));
  }

  requests(): readonly LoggedRequest[] {
    return this.world.log.all();
  }

  tracker(id: string): Readonly<Record<string, unknown>> | undefined {
    const { trackers, settings } = this.world;
    return trackers.has(id) ? trackerView(trackers.draft(id), 'ALL', settings.version) : undefined;
  }

  advance(ms: number): Promise<void> {
    return this.world.clock.advance(ms);
  }

  async push(sender: string, items: readonly Readonly<Record<string, unknown>>[]): Promise<void> {
    if (!this.world.settings.callback) throw new Error('There is no callback address to push to.');
    const said: Item[] = items.map((item) => ({ recipient_id: sender, ...item }));
    await pushInOrder(this.world.settings.callback, said);
  }

  modelLoaded(loaded: boolean): void {
    this.world.load(loaded);
  }

  async restart({ downMs = 0, keepTrackers = false } = {}): Promise<void> {
    await this.goDown();
    this.world.loseMemory(keepTrackers);
    if (downMs > 0) await this.world.clock.sleep(downMs);
    if (this.closed) return;
    this.stopping = new AbortController();
    await this.listener.listen();
  }

  reset(): void {
    this.world.reset();
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.goDown();
    this.world.clock.stop();
  }

  private async goDown(): Promise<void> {
    this.stopping.abort();
    await this.listener.close();
  }
}
