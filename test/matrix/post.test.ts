import { type Cell, cellsOf, SideBySide } from './support/cells';
import { calls, type Employee } from './support/employee';
import { eventually } from './support/eventually';
import { faults } from './support/faults';
import { type Scene, type SharedScene, Stage } from './support/stage';

/** Employee's words on their way to the agent. Deadline of a call: 2.5 s; budget where it lasts: 10 s. */
type Outcome =
  | 'the agent reads the words once, in order'
  | 'the employee is told that these words did not arrive, and the chat goes on'
  | 'the chat is left and over, once, and the employee is told which words did not arrive'
  | 'the chat is left and over, once, and the employee is told which words did not arrive, and which perhaps did not';

const [arrives, named, over, doubted] = [
  'the agent reads the words once, in order',
  'the employee is told that these words did not arrive, and the chat goes on',
  'the chat is left and over, once, and the employee is told which words did not arrive',
  'the chat is left and over, once, and the employee is told which words did not arrive, and which perhaps did not',
] as const;

const once = new SideBySide(
  cellsOf<Outcome>([
    [arrives, ['202'], 'row 22'],
    [arrives, ['401'], 'row 17'],
    [arrives, ['403'], 'row 19'],
    [arrives, ['404'], 'row 20'],
    [arrives, ['429', '429 with a time'], 'row 21'],
    [arrives, ['408', '409', '412', '502', '504']],
    [arrives, ['500', '503'], 'row 23'],
    [arrives, ['a page with 200'], 'row 24'],
    [arrives, ['500, though it is done', '504, though it is done'], 'row 5'],
    [arrives, ['no answer, though it is done'], 'row 25'],
    [arrives, ['a reset before', 'a reset after it is done'], 'row 27'],
    [arrives, ['no answer'], 'row 28'],
    [arrives, ['one byte at a time'], 'row 29'],
    [named, ['400'], 'row 59'],
    [named, ['413']],
  ]),
);

const lasting = new SideBySide(
  cellsOf<Outcome>([
    [over, ['202'], 'row 22'],
    [over, ['401'], 'row 18'],
    [over, ['403', '404', '409', '412', '429']],
    [doubted, ['408', '500', '502', '503', '504']],
    [doubted, ['a page with 200', 'a reset before', 'no answer']],
    [named, ['400'], 'row 59'],
    [named, ['413']],
    [arrives, ['500, though it is done', '504, though it is done', 'a reset after it is done']],
    [arrives, ['no answer, though it is done'], 'row 25'],
    [arrives, ['one byte at a time'], 'row 29'],
  ]),
);

const outcomes: Readonly<Record<Outcome, (ana: Employee, lost: readonly string[]) => Promise<void>>> = {
  [arrives]: async (ana) => {
    await eventually(() => ana.thread().length >= 3, 'the words in the thread');
    await ana.talksToTheAgent('the fourth', 'an answer');
    expect(ana.thread()).toEqual(['the first', 'the second', 'the third', 'the fourth']);
    expect([...ana.undelivered(), ...ana.ends()]).toEqual([]);
  },
  [named]: async (ana, lost) => {
    await eventually(() => ana.undelivered().length >= lost.length, 'the words to be named');
    await ana.talksToTheAgent('the fourth', 'an answer');
    const arrived = ['the first', 'the second', 'the third', 'the fourth'].filter((word) => !lost.includes(word));
    expect(ana.thread()).toEqual(arrived);
    expect(ana.undelivered()).toEqual(lost);
    expect(ana.ends()).toEqual([]);
  },
  [over]: (ana) => isOver(ana, { undelivered: ['the second', 'the third'], doubted: [] }),
  [doubted]: (ana) => isOver(ana, { undelivered: ['the third'], doubted: ['the second'] }),
};

async function isOver(ana: Employee, told: { undelivered: string[]; doubted: string[] }): Promise<void> {
  await eventually(() => ana.ends().length > 0, 'the end to be said');
  await ana.talksToTheAssistant();
  expect(ana.thread()).toEqual(['the first']);
  expect({ undelivered: ana.undelivered(), doubted: ana.doubted() }).toEqual(told);
  expect(ana.ends()).toEqual([expect.stringMatching(/chat has ended[\s\S]*Chat: \w/)]);
  expect(ana.state).toBe('closed_by_client');
}

async function playOnce({ sides, ana, inTurn }: SharedScene, { fault, outcome }: Cell<Outcome>): Promise<void> {
  await ana.toAgent();
  await ana.say('the first');
  await eventually(() => ana.thread().length === 1, 'the first words');
  await inTurn(async () => {
    const order = { fault: faults[fault], calls: calls.post(ana.chat), lasts: 'once' } as const;
    const strike = sides.wires.serviceNow.strike(order);
    await ana.say('the second');
    await ana.say('the third');
    await strike.hit();
  });
  await outcomes[outcome](ana, ['the second']);
}

async function playLasting({ sides, ana, bystander }: Scene, { fault, outcome }: Cell<Outcome>): Promise<void> {
  await ana.toAgent();
  await ana.say('the first');
  await eventually(() => ana.thread().length === 1, 'the first words');
  const order = { fault: faults[fault], calls: calls.post(ana.chat), lasts: 'for good' } as const;
  const strike = sides.wires.serviceNow.strike(order);
  await ana.say('the second');
  await ana.say('the third');
  await strike.hit();
  await bystander?.talksToTheAgent('meanwhile', 'heard');
  const isSettled = () => ana.ends().length > 0 || ana.undelivered().length + ana.thread().length >= 3;
  await eventually(isSettled, 'an end of it');
  strike.heal();
  await outcomes[outcome](ana, ['the second', 'the third']);
}

let stage: Stage;
let bystander: Employee;

beforeAll(async () => {
  stage = await Stage.set();
  stage.playApart(lasting, () => ({ SERVICENOW_RETRY_BUDGET_MS: '10000' }), playLasting);
  bystander = await stage.playTogether(once, playOnce);
}, 180_000);

afterAll(() => stage.close(), 30_000);

test.each(once.cells)('post × $fault, once: $outcome$rows', (cell) => once.end(cell), 180_000);

test.each(lasting.cells)('post × $fault, for good: $outcome$rows', (cell) => lasting.end(cell), 180_000);

test(
  'posts of others that go wrong are not noticed by an employee of whom none does',
  () => bystander.noticedNothing(once.cells.length),
  30_000,
);
