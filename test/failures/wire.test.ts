import type { FaultRule } from '../../src/simulator/servicenow/faults/rule';
import { eventually } from '../support/product';
import { type FaultProxy, startFaultProxy, type WireFault } from './support/fault-proxy';
import { aWhile, type Stage, setStage } from './support/stage';

/** The product as a process, with a wire to ServiceNow that breaks in every way. Its deadline for one call is a second. */
let stage: Stage;
let wire: FaultProxy;
let chat: string;

beforeAll(async () => {
  stage = await setStage(async ({ serviceNow }) => {
    wire = await startFaultProxy(serviceNow.url);
    return { SERVICENOW_URL: wire.url, SERVICENOW_TIMEOUT_MS: '1000' };
  });
  chat = await stage.toAgent();
}, 40_000);

afterAll(async () => {
  await stage.close();
  await wire.close();
}, 30_000);

/** Both sides say something while it is so; when it is over each word must be there, once. */
async function goesThrough(title: string, begin: () => void, end: () => void): Promise<void> {
  begin();
  await stage.say(`question while ${title}`);
  stage.serviceNow.say(chat, { agent: 'beth.anglin', text: `answer while ${title}` });
  await aWhile(1_600);
  end();
  const questions = () => stage.posted().filter((text) => text === `question while ${title}`);
  const answers = () => stage.read().filter((text) => text.includes(`answer while ${title}`));
  await eventually(() => questions().length > 0 && answers().length > 0, 'both sides to be heard');
  await aWhile(1_000);
  expect([questions().length, answers().length]).toEqual([1, 1]);
}

const writes = /^POST \S+messages /;

const any = /./;

test.each<[string, WireFault, RegExp]>([
  ['a post is applied and its answer never comes (row 25)', { how: 'swallow' }, writes],
  ['a post is applied and its answer comes after the deadline (row 25)', { how: 'delay', ms: 1_400 }, writes],
  [
    'answers are cut in the middle of the body and the connection is reset (row 27)',
    { how: 'cut', afterBytes: 420 },
    any,
  ],
  ['the connection is reset before a byte of the answer (row 27)', { how: 'cut', afterBytes: 0 }, any],
  ['nothing comes back and nothing is closed, as in a black hole (row 28)', { how: 'black hole' }, any],
  ['answers come with one byte a second (row 29)', { how: 'drip', everyMs: 1_000 }, any],
])(
  '%s: nothing is lost and nothing comes twice',
  (title, fault, calls) => goesThrough(title, () => wire.strike(fault, calls), wire.heal),
  40_000,
);

test.each<[string, FaultRule['do']]>([
  ['answers are JSON that was cut off (row 26)', { malformed: true }],
  ['answers have fewer bytes of JSON than they should (rows 26, 27)', { truncated: { bytes: 25 } }],
  ['sessions are crowded and answer 202 (row 22)', { status: { code: 202 } }],
  ['the instance hibernates and answers 200 with a page (row 24)', { html: { kind: 'hibernating' } }],
  ['the instance wants a login and redirects (row 24)', { redirect: { location: '/login.do' } }],
])(
  '%s: nothing is lost and nothing comes twice',
  (title, fault) =>
    goesThrough(
      title,
      () => void stage.serviceNow.addFault({ match: { path: '/api/now/connect' }, do: fault }),
      () => stage.serviceNow.clearFaults(),
    ),
  40_000,
);

test.each<[string, WireFault]>([
  ['goes into a black hole (row 28)', { how: 'black hole' }],
  ['is answered with one byte a second (row 29)', { how: 'drip', everyMs: 1_000 }],
])(
  'a call that %s is given up at its deadline, and its connection is closed',
  async (_title, fault) => {
    const before = { ...wire.struck };
    wire.strike(fault, any);
    stage.serviceNow.say(chat, { agent: 'beth.anglin', text: 'one more' });
    const struck = () => wire.struck.count - before.count;
    await eventually(() => struck() > 0, 'a call');
    await aWhile(1_300);
    const closed = wire.struck.closed - before.closed;
    wire.heal();
    expect(closed).toBeGreaterThan(0);
    await eventually(() => wire.struck.count - before.count === wire.struck.closed - before.closed, 'all to be closed');
  },
  30_000,
);
