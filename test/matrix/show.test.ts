import { type Cell, cellsOf, SideBySide } from './support/cells';
import type { Employee } from './support/employee';
import { eventually } from './support/eventually';
import type { Call, Strike } from './support/fault-proxy';
import { faults } from './support/faults';
import { type Scene, type SharedScene, Stage } from './support/stage';

/** The agent's words are sent to Teams. Deadline of a send: 2.5 s instead of the product's 15. */
type Outcome =
  | 'the employee reads the words once, in order, without a mark'
  | 'the employee reads the words once, in order, marked as a possible repeat'
  | 'the employee reads the words twice, in order, the second time marked'
  | 'the words are sent twice and no more; the agent is asked to make sure, and the chat goes on'
  | 'the agent is told that these words were not shown, and the chat goes on'
  | 'the agent is told that the employee cannot be reached, the chat is left, and nothing more is sent';

const [plain, marked, twice, asked, refused, unreachable] = [
  'the employee reads the words once, in order, without a mark',
  'the employee reads the words once, in order, marked as a possible repeat',
  'the employee reads the words twice, in order, the second time marked',
  'the words are sent twice and no more; the agent is asked to make sure, and the chat goes on',
  'the agent is told that these words were not shown, and the chat goes on',
  'the agent is told that the employee cannot be reached, the chat is left, and nothing more is sent',
] as const;

const once = new SideBySide(
  cellsOf<Outcome>([
    [plain, ['202, and it is done', '401']],
    [plain, ['412'], 'row 38'],
    [plain, ['429', '429 with a time'], 'row 39'],
    [marked, ['408', '500', '503', 'a page with 200', 'a reset before', 'no answer']],
    [marked, ['502', '504'], 'row 41'],
    [twice, ['500, though it is done', '504, though it is done'], 'row 41'],
    [twice, ['a reset after it is done', 'no answer, though it is done', 'one byte at a time']],
    [refused, ['400', '409']],
    [refused, ['413'], 'row 40'],
    [unreachable, ['403'], 'row 36'],
    [unreachable, ['404'], 'row 37'],
  ]),
);

const lasting = new SideBySide(
  cellsOf<Outcome>([
    [plain, ['401']],
    [plain, ['412'], 'row 38'],
    [plain, ['429', '429 with a time'], 'row 39'],
    [asked, ['408', '500', '503', 'a page with 200', 'a reset before', 'no answer']],
    [asked, ['502', '504'], 'row 41'],
    [asked, ['500, though it is done', '504, though it is done'], 'row 41'],
    [asked, ['a reset after it is done', 'no answer, though it is done', 'one byte at a time']],
    [refused, ['400', '409']],
    [refused, ['413'], 'row 40'],
    [unreachable, ['403'], 'row 36'],
    [unreachable, ['404'], 'row 37'],
  ]),
);

/** Everything that the agent said is heard in order, the struck words as often and in such a way as they should be. */
async function hears(ana: Employee, struck: readonly string[]): Promise<void> {
  await eventually(() => ana.hears().includes('the third'), 'the words after those that were struck');
  await ana.talksToTheAgent('thank you', 'the fourth');
  expect(ana.hears()).toEqual(['the first', ...struck, 'the third', 'the fourth']);
  expect([...ana.undelivered(), ...ana.ends()]).toEqual([]);
}

/** Notices to the agent about the struck words. */
function notices(ana: Employee): string[] {
  return ana.thread().filter((text) => text.includes('the second'));
}

type Check = (ana: Employee, strike: Strike, cell: Cell<Outcome>) => Promise<void>;

const outcomes: Readonly<Record<Outcome, Check>> = {
  [plain]: (ana) => hears(ana, ['the second']),
  [marked]: (ana) => hears(ana, ['the second*']),
  [twice]: (ana) => hears(ana, ['the second', 'the second*']),
  [asked]: async (ana, strike, { fault }) => {
    const isDone = 'done' in faults[fault] ? faults[fault].done : faults[fault].how === 'drip';
    await hears(ana, isDone ? ['the second', 'the second*'] : []);
    expect(notices(ana)).toEqual([expect.stringContaining('not certain that this message was shown')]);
    expect(strike.struck).toHaveLength(2);
  },
  [refused]: async (ana, strike) => {
    await hears(ana, []);
    expect(notices(ana)).toEqual([expect.stringContaining('could not be shown')]);
    expect(strike.struck).toHaveLength(1);
  },
  [unreachable]: async (ana, strike) => {
    await eventually(() => ana.state === 'closed_by_client', 'the chat to be left');
    expect(ana.thread()).toEqual([expect.stringContaining('can no longer be reached')]);
    const before = ana.reads();
    await ana.talksToTheAssistant();
    expect(ana.reads()).toEqual([...before, 'I am here']);
    expect(ana.hears()).toEqual(['the first']);
    expect(strike.struck).toHaveLength(1);
  },
};

/** The agent says three things; what is done to the second one is up to the cell. */
function areSaid({ sides, ana }: Scene, fault: Cell<Outcome>['fault'], lasts: 'once' | 'for good'): Strike {
  const isMeant = ({ path, body }: Call) => path.includes(`/${ana.conversation}/`) && body.includes('the second');
  const strike = sides.wires.teams.strike({ fault: faults[fault], calls: isMeant, lasts });
  ana.agentSays('the second');
  ana.agentSays('the third');
  return strike;
}

async function isInChat(ana: Employee): Promise<void> {
  await ana.toAgent();
  ana.agentSays('the first');
  await eventually(() => ana.hears().length === 1, 'the first words');
}

async function playOnce(scene: SharedScene, cell: Cell<Outcome>): Promise<void> {
  const { ana, inTurn } = scene;
  await isInChat(ana);
  const strike = await inTurn(async () => areSaid(scene, cell.fault, 'once'));
  await strike.hit();
  await outcomes[cell.outcome](ana, strike, cell);
}

async function playLasting(scene: Scene, cell: Cell<Outcome>): Promise<void> {
  const { ana, bystander } = scene;
  await isInChat(ana);
  const strike = areSaid(scene, cell.fault, 'for good');
  await strike.hit();
  await bystander?.talksToTheAgent('meanwhile', 'heard');
  if (cell.outcome === plain) {
    await strike.hit(cell.fault === '401' ? 4 : 2); // each try with a fresh token too
    expect(ana.hears()).toEqual(['the first']);
    strike.heal();
  }
  await outcomes[cell.outcome](ana, strike, cell);
}

let stage: Stage;
let bystander: Employee;

beforeAll(async () => {
  stage = await Stage.set({ sendTimeoutMs: 2_500 });
  stage.playApart(lasting, () => ({}), playLasting);
  bystander = await stage.playTogether(once, playOnce, stage.here({ SERVICENOW_POLL_MS: '250' }));
}, 180_000);

afterAll(() => stage.close(), 30_000);

test.each(once.cells)('show × $fault, once: $outcome$rows', (cell) => once.end(cell), 180_000);

test.each(lasting.cells)('show × $fault, for good: $outcome$rows', (cell) => lasting.end(cell), 180_000);

test(
  'messages to others that go wrong are not noticed by an employee of whom none does',
  () => bystander.noticedNothing(once.cells.length),
  30_000,
);
