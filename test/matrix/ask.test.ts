import { type Cell, cellsOf, SideBySide } from './support/cells';
import type { Employee } from './support/employee';
import { eventually } from './support/eventually';
import type { Call, Strike } from './support/fault-proxy';
import { faults } from './support/faults';
import { type Scene, type SharedScene, Stage } from './support/stage';

/** The assistant is asked something. Deadline of an answer: 3 s. */
type Outcome =
  | 'the employee reads the answer once'
  | 'the employee reads the answer once, and the assistant was asked once'
  | 'the employee is told that there is no answer now, and offered an agent'
  | 'the employee is asked to send it again, and the assistant was not asked twice';

const [answered, found, away, again] = [
  'the employee reads the answer once',
  'the employee reads the answer once, and the assistant was asked once',
  'the employee is told that there is no answer now, and offered an agent',
  'the employee is asked to send it again, and the assistant was not asked twice',
] as const;

/** Without records of the assistant's nobody can tell whether a lost answer stands for a turn that happened. */
const once = new SideBySide(
  cellsOf<Outcome>([
    [answered, ['401', '412', '429', '429 with a time']],
    [answered, ['502', '503'], 'row 34'],
    [away, ['400', '403', '404', '409', '413'], 'row 34'],
    [again, ['202'], 'row 35'],
    [again, ['408', '500', '500, though it is done', '504', '504, though it is done'], 'row 34'],
    [again, ['a page with 200'], 'row 35'],
    [again, ['a reset before', 'a reset after it is done']],
    [again, ['no answer', 'no answer, though it is done', 'one byte at a time'], 'row 33'],
  ]),
);

const recorded = new SideBySide(
  cellsOf<Outcome>([
    [answered, ['401', '412', '429', '429 with a time']],
    [answered, ['502', '503'], 'row 34'],
    [away, ['400', '403', '404', '409', '413'], 'row 34'],
    [found, ['202'], 'row 35'],
    [found, ['408', '500', '500, though it is done', '504', '504, though it is done'], 'row 34'],
    [found, ['a page with 200'], 'row 35'],
    [found, ['a reset before', 'a reset after it is done']],
    [found, ['no answer', 'no answer, though it is done', 'one byte at a time'], 'row 33'],
  ]),
);

const lasting = new SideBySide(
  cellsOf<Outcome>([
    [away, ['401', '412', '429', '429 with a time', '502', '503'], 'row 34'],
    [again, ['500', '504'], 'row 34'],
    [again, ['a page with 200'], 'row 35'],
    [again, ['a reset before', 'a reset after it is done']],
    [again, ['no answer', 'no answer, though it is done', 'one byte at a time'], 'row 33'],
  ]),
);

const outcomes: Readonly<Record<Outcome, (ana: Employee, strike: Strike, processed: number) => void>> = {
  [answered]: (ana) => expect(told(ana)).toEqual(['it is 42']),
  [found]: (ana, _strike, processed) => {
    expect(told(ana)).toEqual(['it is 42']);
    expect(processed).toBe(1);
  },
  [away]: (ana) => {
    expect(told(ana)).toEqual([expect.stringMatching(/I cannot answer right now/)]);
  },
  [again]: (ana, strike, processed) => {
    expect(told(ana)).toEqual([expect.stringMatching(/Please send it again/)]);
    expect(strike.struck).toHaveLength(1);
    expect(processed).toBeLessThan(2);
  },
};

/** What came of the question. */
function told(ana: Employee): string[] {
  return ana.told(/it is 42|I cannot answer right now|Please send it again/);
}

/** She asks; whatever goes wrong with that, the assistant answers the next turn. */
async function asks({ sides, ana }: Scene, fault: Cell<Outcome>['fault'], lasts: 'once' | 'for good'): Promise<Strike> {
  const question = `how much is it, asks ${ana.name}`;
  sides.answers(question, 'it is 42');
  const isMeant = ({ path, body }: Call) => path.startsWith('/webhooks/rest/webhook') && body.includes(question);
  const strike = sides.wires.rasa.strike({ fault: faults[fault], calls: isMeant, lasts });
  await ana.say(question);
  await strike.hit();
  return strike;
}

async function check({ sides, ana }: Scene, { outcome }: Cell<Outcome>, strike: Strike): Promise<void> {
  await eventually(() => told(ana).length > 0, 'what comes of the question');
  strike.heal();
  await ana.talksToTheAssistant();
  const turns = sides.rasa.requests().filter(({ body, processed }) => processed && body.includes(ana.name));
  outcomes[outcome](ana, strike, turns.length);
}

async function playOnce(scene: SharedScene, cell: Cell<Outcome>): Promise<void> {
  await check(scene, cell, await scene.inTurn(() => asks(scene, cell.fault, 'once')));
}

async function playLasting(scene: Scene, cell: Cell<Outcome>): Promise<void> {
  const strike = await asks(scene, cell.fault, 'for good');
  await scene.bystander?.talksToTheAgent('meanwhile', 'heard');
  await check(scene, cell, strike);
}

const RASA_TIMEOUT_MS = '3000';

let stage: Stage;
let bystanders: readonly Employee[];

beforeAll(async () => {
  stage = await Stage.set();
  stage.playApart(lasting, () => ({ RASA_TIMEOUT_MS }), playLasting);
  bystanders = await Promise.all([
    stage.playTogether(once, playOnce, stage.process({ RASA_TIMEOUT_MS })),
    stage.playTogether(recorded, playOnce, stage.process({ RASA_TIMEOUT_MS, RASA_TRACKER: '1' })),
  ]);
}, 180_000);

afterAll(() => stage.close(), 30_000);

test.each(once.cells)('ask × $fault, once: $outcome$rows', (cell) => once.end(cell), 180_000);

test.each(recorded.cells)(
  'ask × $fault, once, where the assistant keeps records: $outcome$rows',
  (cell) => recorded.end(cell),
  180_000,
);

test.each(lasting.cells)('ask × $fault, for good: $outcome$rows', (cell) => lasting.end(cell), 180_000);

test('questions of others that go wrong are not noticed by employees who talk to an agent', async () => {
  for (const bystander of bystanders) await bystander.noticedNothing(once.cells.length);
}, 30_000);
