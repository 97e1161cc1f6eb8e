import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { ruleSchema, scriptSchema } from '../dialogue/script';
import { faultRuleSchema } from '../faults/fault';
import { presetName } from '../presets/presets';
import type { RasaSimulator } from '../simulator';

const scriptBody = z.union([z.array(ruleSchema), scriptSchema]);
const faultsBody = z.array(faultRuleSchema);
const advanceBody = z.strictObject({ ms: z.number().nonnegative() });
const pushBody = z.strictObject({ sender: z.string(), items: z.array(z.looseObject({})) });
const presetBody = z.strictObject({ name: z.string().transform(presetName) });
const modelBody = z.strictObject({ loaded: z.boolean() });
const restartBody = z.strictObject({ downMs: z.number().optional(), keepTrackers: z.boolean().optional() });

type Control = (simulator: RasaSimulator, body: unknown) => unknown;

const calls: Readonly<Record<string, Control>> = {
  'POST script': (simulator, body) => simulator.script(scriptBody.parse(body)),
  'POST preset': (simulator, body) => simulator.preset(presetBody.parse(body).name),
  'POST faults': (simulator, body) => simulator.faults(faultsBody.parse(body)),
  'POST advance': (simulator, body) => simulator.advance(advanceBody.parse(body).ms),
  'POST push': (simulator, body) => {
    const { sender, items } = pushBody.parse(body);
    return simulator.push(sender, items);
  },
  'POST model': (simulator, body) => simulator.modelLoaded(modelBody.parse(body).loaded),
  'POST reset': (simulator) => simulator.reset(),
  'GET requests': (simulator) => simulator.requests(),
};

/** Whether a path belongs to whoever steers the simulator. */
export function isControlPath(url: string | undefined): boolean {
  return url?.startsWith('/__sim/') ?? false;
}

/** Answers a call that steers the simulator: 200 with what it gives, 400 with what is wrong. */
export async function controlCall(
  simulator: RasaSimulator,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = (request.url ?? '').slice('/__sim/'.length);
  const send = (status: number, value: unknown) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    return new Promise<void>((resolve) => response.end(JSON.stringify(value), () => resolve()));
  };
  try {
    const body = await bodyOf(request);
    if (request.method === 'POST' && path === 'restart') {
      const how = restartBody.parse(body);
      await send(202, {});
      return await simulator.restart(how);
    }
    const [status, value] = await controlled(simulator, request.method ?? 'GET', path, body);
    await send(status, value);
  } catch (error) {
    await send(400, { error: error instanceof Error ? error.message : String(error) });
  }
}

async function controlled(
  simulator: RasaSimulator,
  method: string,
  path: string,
  body: unknown,
): Promise<[number, unknown]> {
  if (method === 'GET' && path.startsWith('tracker/')) {
    const tracker = simulator.tracker(path.slice('tracker/'.length));
    return tracker ? [200, tracker] : [404, { error: 'no such conversation' }];
  }
  const call = calls[`${method} ${path}`];
  return call ? [200, (await call(simulator, body)) ?? {}] : [404, { error: 'no such control' }];
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString() || '{}');
}
