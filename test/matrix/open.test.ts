import { type Cell, cellsOf, SideBySide } from './support/cells';
import type { Employee } from './support/employee';
import { eventually } from './support/eventually';
import type { Call } from './support/fault-proxy';
import { faults } from './support/faults';
import { type Scene, type SharedScene, Stage } from './support/stage';

/** A chat is opened while the employee goes on writing. Deadline of a call: 2.5 s; budget where it lasts: 10 s. */
type Outcome =
  | 'one chat is opened, and what was written meanwhile is in it once'
  | 'the employee is told that there is no agent, and which words did not arrive; the assistant answers'
  | 'the employee is told that it did not work, and which words did not arrive; the assistant answers';

const [opened, closed, failed] = [
  'one chat is opened, and what was written meanwhile is in it once',
  'the employee is told that there is no agent, and which words did not arrive; the assistant answers',
  'the employee is told that it did not work, and which words did not arrive; the assistant answers',
] as const;

const once = new SideBySide(
  cellsOf<Outcome>([
    [opened, ['202'], 'row 22'],
    [opened, ['401'], 'row 17'],
    [opened, ['429', '429 with a time'], 'row 21'],
    [opened, ['408', '412', '502', '504']],
    [opened, ['500', '503'], 'row 23'],
    [opened, ['a page with 200'], 'row 24'],
    [opened, ['500, though it is done', '504, though it is done'], 'row 4'],
    [opened, ['a reset after it is done', 'no answer, though it is done'], 'row 4'],
    [opened, ['a reset before'], 'row 27'],
    [opened, ['no answer'], 'row 28'],
    [opened, ['one byte at a time'], 'row 29'],
    [closed, ['403']],
    [failed, ['400', '404', '409', '413']],
  ]),
);

const lasting = new SideBySide(
  cellsOf<Outcome>([
    [failed, ['202'], 'row 22'],
    [failed, ['401'], 'row 18'],
    [failed, ['408', '412', '429', '500', '502', '503', '504']],
    [failed, ['a page with 200', 'a reset before', 'no answer']],
    [opened, ['500, though it is done', '504, though it is done'], 'row 4'],
    [opened, ['a reset after it is done', 'no answer, though it is done'], 'row 4'],
    [opened, ['one byte at a time'], 'row 29'],
  ]),
);

const outcomes: Readonly<Record<Outcome, (ana: Employee) => Promise<void>>> = {
  [opened]: async (ana) => {
    await ana.isTaken();
    await ana.talksToTheAgent('and now', 'an answer');
    expect(ana.thread()).toEqual(['written meanwhile', 'and now']);
    expect(ana.chats).toBe(1);
    expect(ana.told(/You are (in the queue|talking to)/).length).toBeGreaterThan(0);
    expect([...ana.undelivered(), ...ana.ends()]).toEqual([]);
  },
  [closed]: (ana) => isSent(ana, /No live agent is available/),
  [failed]: (ana) => isSent(ana, /I could not connect you/),
};

/** No chat came about, the employee was told so, and the assistant has the floor again. */
async function isSent(ana: Employee, back: RegExp): Promise<void> {
  await eventually(() => ana.undelivered().length > 0, 'the end of the hand-off');
  await ana.talksToTheAssistant();
  expect(ana.told(/No live agent is available|I could not connect you/)).toEqual([expect.stringMatching(back)]);
  expect(ana.undelivered()).toEqual(['written meanwhile']);
  expect(ana.chats).toBe(0);
}

/** She asks for an agent, and writes on while the call that opens the chat is held up. */
async function asks({ sides, ana }: Scene, fault: Cell<Outcome>['fault'], lasts: 'once' | 'for good'): Promise<void> {
  let goOn = () => {};
  const notBefore = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const isHers = ({ method, path, body }: Call) =>
    method === 'POST' && path.endsWith('/sessions') && body.includes(ana.name);
  const strike = sides.wires.serviceNow.strike({ fault: faults[fault], calls: isHers, lasts, notBefore });
  await ana.say('/live_agent');
  await strike.hit();
  await ana.say('written meanwhile');
  goOn();
}

async function playOnce(scene: SharedScene, { fault, outcome }: Cell<Outcome>): Promise<void> {
  await scene.inTurn(() => asks(scene, fault, 'once'));
  await outcomes[outcome](scene.ana);
}

async function playLasting(scene: Scene, { fault, outcome }: Cell<Outcome>): Promise<void> {
  await asks(scene, fault, 'for good');
  await scene.bystander?.talksToTheAgent('meanwhile', 'heard');
  await outcomes[outcome](scene.ana);
}

let stage: Stage;
let bystander: Employee;

beforeAll(async () => {
  stage = await Stage.set();
  stage.playApart(lasting, () => ({ SERVICENOW_RETRY_BUDGET_MS: '10000' }), playLasting);
  bystander = await stage.playTogether(once, playOnce);
}, 180_000);

afterAll(() => stage.close(), 30_000);

test.each(once.cells)('open × $fault, once: $outcome$rows', (cell) => once.end(cell), 180_000);

test.each(lasting.cells)('open × $fault, for good: $outcome$rows', (cell) => lasting.end(cell), 180_000);

test(
  'chats of others that cannot be opened are not noticed by an employee who has hers',
  () => bystander.noticedNothing(once.cells.length),
  30_000,
);
