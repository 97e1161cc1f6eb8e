import { type Cell, cellsOf, SideBySide } from './support/cells';
import type { Employee } from './support/employee';
import { eventually } from './support/eventually';
import type { Call, Strike } from './support/fault-proxy';
import { faults } from './support/faults';
import { type Scene, Stage } from './support/stage';

/** The one call that lists all chats of a connector. Each cell has a queue and so a list of its own. */
type Outcome =
  | 'the agent is heard once, in order, and the chat goes on'
  | 'the agent is heard once, in order, also while there is no list'
  | 'the instance is left alone as long as it asks; then the agent is heard once, in order';

const [heard, heardWithout, waits] = [
  'the agent is heard once, in order, and the chat goes on',
  'the agent is heard once, in order, also while there is no list',
  'the instance is left alone as long as it asks; then the agent is heard once, in order',
] as const;

const once = new SideBySide(
  cellsOf<Outcome>([
    [heard, ['202'], 'row 22'],
    [heard, ['400', '403', '404', '408', '409', '412', '413', '502', '504']],
    [heard, ['401'], 'row 17'],
    [heard, ['429', '429 with a time'], 'row 21'],
    [heard, ['500', '503'], 'row 23'],
    [heard, ['a page with 200'], 'row 24'],
    [heard, ['a reset before', 'a reset after it is done'], 'row 27'],
    [heard, ['no answer'], 'row 28'],
    [heard, ['one byte at a time'], 'row 29'],
  ]),
);

const lasting = new SideBySide(
  cellsOf<Outcome>([
    [heardWithout, ['202'], 'row 22'],
    [heardWithout, ['400', '403', '404', '408', '409', '412', '413', '429', '502', '504']],
    [heardWithout, ['401'], 'row 18'],
    [waits, ['429 with a time'], 'row 21'],
    [heardWithout, ['500', '503'], 'row 23'],
    [heardWithout, ['a page with 200'], 'row 24'],
    [heardWithout, ['a reset before', 'a reset after it is done'], 'row 27'],
    [heardWithout, ['no answer'], 'row 28'],
    [heardWithout, ['one byte at a time'], 'row 29'],
  ]),
);

async function hears(ana: Employee): Promise<void> {
  await eventually(() => ana.hears().length >= 2, 'the words to be heard');
  await ana.talksToTheAgent('thank you', 'the third');
  expect(ana.hears()).toEqual(['the first', 'the second', 'the third']);
  expect(ana.thread()).toEqual(['thank you']);
  expect([...ana.undelivered(), ...ana.ends()]).toEqual([]);
}

const outcomes: Readonly<Record<Outcome, (ana: Employee, strike: Strike) => Promise<void>>> = {
  [heard]: hears,
  [heardWithout]: async (ana, strike) => {
    await eventually(() => ana.hears().length >= 2, 'the words to be heard without the list');
    strike.heal();
    await hears(ana);
  },
  [waits]: async (ana, strike) => {
    await strike.hit(3);
    strike.heal();
    const pauses = strike.struck.slice(1).map(({ at }, index) => at - (strike.struck[index]?.at ?? 0));
    expect(Math.min(...pauses)).toBeGreaterThan(950);
    await hears(ana);
  },
};

function strikeList({ sides, ana }: Scene, fault: Cell<Outcome>['fault'], lasts: 'once' | 'for good'): Strike {
  const queue = sides.serviceNow.chats().find(({ id }) => id === ana.chat)?.queueId;
  const isList = ({ method, path }: Call) => method === 'GET' && path.endsWith(`/queues/${queue}/sessions`);
  return sides.wires.serviceNow.strike({ fault: faults[fault], calls: isList, lasts });
}

async function playOnce(scene: Scene, { fault, outcome }: Cell<Outcome>): Promise<void> {
  const { ana } = scene;
  await ana.toAgent();
  const strike = strikeList(scene, fault, 'once');
  ana.agentSays('the first');
  await strike.hit();
  ana.agentSays('the second');
  await outcomes[outcome](ana, strike);
}

async function playLasting(scene: Scene, { fault, outcome }: Cell<Outcome>): Promise<void> {
  const { ana } = scene;
  await ana.toAgent();
  const strike = strikeList(scene, fault, 'for good');
  await strike.hit();
  ana.agentSays('the first');
  ana.agentSays('the second');
  await outcomes[outcome](ana, strike);
}

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.set();
  stage.playApart(
    lasting,
    () => ({}),
    playLasting,
    () => false,
  );
  stage.playApart(
    once,
    () => ({}),
    playOnce,
    () => false,
  );
}, 180_000);

afterAll(() => stage.close(), 30_000);

test.each(once.cells)('list × $fault, once: $outcome$rows', (cell) => once.end(cell), 180_000);

test.each(lasting.cells)('list × $fault, for good: $outcome$rows', (cell) => lasting.end(cell), 180_000);
