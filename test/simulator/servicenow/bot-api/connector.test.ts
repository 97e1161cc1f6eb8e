import { makeBotDesk } from '../../../../src/servicenow/va-bot/desk';
import { makeIntake } from '../../../../src/servicenow/va-bot/intake';
import { botOptions } from '../../../../src/servicenow/va-bot/options';
import { MemoryInbox } from '../../../../src/store/memory-inbox';
import { makeTexts } from '../../../../src/texts/texts';
import {
  basic,
  closeAll,
  closing,
  context,
  heard,
  itDesk,
  MovableClock,
  opened,
  words,
} from '../../../servicenow/servicenow-side';
import type { Json } from '../support';
import { calledBack, closeEverything, type Receiver, until } from './support';

afterEach(async () => {
  await closeAll();
  await closeEverything();
});

/** The connector's own client of this API over a simulated instance, and what it makes of the callbacks. */
async function connected(config: Json = {}, given: Json = {}) {
  const { sim, receiver } = await calledBack({ config });
  const clock = new PassingClock();
  const inbox = new MemoryInbox();
  const options = botOptions.parse(given);
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const parts = { url: sim.url, auth: basic, messageAuth: {}, timeoutMs: 5_000, queue: itDesk, queues: {} };
  const desk = closing(makeBotDesk({ ...parts, options, inbox, texts: makeTexts(), clock, log }));
  const intake = makeIntake({ inbox, options, clock, log });
  forward(receiver, intake);
  return { sim, desk };
}

/** Time passes where somebody waits for it. */
class PassingClock extends MovableClock {
  override after(milliseconds: number, callback: () => void): () => void {
    return super.after(Math.min(milliseconds, 20), () => {
      this.move(milliseconds);
      callback();
    });
  }
}

function forward({ got }: Receiver, take: (body: unknown) => Promise<unknown>): void {
  const push = got.push.bind(got);
  got.push = (...all) => {
    for (const { json } of all) take(json).catch(console.error);
    return push(...all);
  };
}

test.each([
  ['agent', {}],
  ['agent_twice', { handover: 'picker' }],
  ['start_text', {}],
  ['create_start_agent', {}],
])('the connector asks for an agent by %s, talks, sends a file, and hears the end', async (handover, config) => {
  const { sim, desk } = await connected({ ...config, agentTyping: 'on', callbackGrouping: 'random' }, { handover });
  const chat = await opened(desk);
  const id = sim.chats()[0]?.id ?? '';
  sim.accept(id, 'beth.anglin');
  await until(() => sim.callbacks().some(({ body }) => body.includes('has entered the chat')));
  expect(await desk.state(chat, context)).toMatchObject({ state: 'in_progress', agent: 'Beth Anglin' });
  await desk.post(words(chat, 'it is slow again'), context);
  await desk.post(words(chat, 'it is slow again'), context);
  expect(sim.pane(id).filter(({ text }) => text === 'it is slow again')).toHaveLength(1);
  const stored = { name: 'log.txt', type: 'text/plain', hash: 'h', size: 3 } as Json;
  await desk.attach({ chat, file: { id: 'f-1', stored } as Json, isRepeat: false }, Buffer.from('log'), context);
  expect(sim.pane(id).at(-1)?.files).toMatchObject([{ name: 'log.txt', sizeBytes: 3 }]);
  sim.say(id, { text: 'which client?' });
  sim.closeChat(id);
  await until(() => sim.callbacks().some(({ body }) => body.includes('SwitchToVirtualAgent')));
  expect(await heard(desk, chat)).toContain('which client?');
  expect((await desk.state(chat, context))?.state).toBe('ended');
});

test('an employee who leaves through the connector is gone from the desk', async () => {
  const { sim, desk } = await connected();
  const chat = await opened(desk);
  sim.accept(sim.chats()[0]?.id ?? '', 'beth.anglin');
  expect(await desk.leave(chat, context)).toBe('left');
  expect(sim.chats()[0]?.state).toBe('closed_by_client');
});
