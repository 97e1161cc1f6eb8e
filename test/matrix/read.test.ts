import { type Cell, cellsOf, SideBySide } from './support/cells';
import { calls, type Employee } from './support/employee';
import { eventually } from './support/eventually';
import { faults } from './support/faults';
import { type Scene, type SharedScene, Stage } from './support/stage';

/** A thread is read, and the agent's words are on their way to the employee. Deadline of a call: 2.5 s. */
type Outcome =
  | 'the employee hears the agent once, in order, as soon as it can be read'
  | 'the queue knows no chat either: it is left and over, once, and the employee is told';

const [heard, over] = [
  'the employee hears the agent once, in order, as soon as it can be read',
  'the queue knows no chat either: it is left and over, once, and the employee is told',
] as const;

const once = new SideBySide(
  cellsOf<Outcome>([
    [heard, ['202'], 'row 22'],
    [heard, ['400', '408', '409', '412', '413', '502', '504']],
    [heard, ['401'], 'row 17'],
    [heard, ['403'], 'row 19'],
    [heard, ['404'], 'row 20'],
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
    [heard, ['202'], 'row 22'],
    [heard, ['400', '403', '404', '408', '409', '412', '413', '502', '504']],
    [heard, ['401'], 'row 18'],
    [heard, ['429', '429 with a time'], 'row 21'],
    [heard, ['500', '503'], 'row 23'],
    [heard, ['a page with 200'], 'row 24'],
    [heard, ['a reset before', 'a reset after it is done'], 'row 27'],
    [heard, ['no answer'], 'row 28'],
    [heard, ['one byte at a time'], 'row 29'],
  ]),
);

const gone = new SideBySide(
  cellsOf<Outcome>([
    [over, ['403'], 'row 19'],
    [over, ['404'], 'row 20'],
  ]),
);

const outcomes: Readonly<Record<Outcome, (ana: Employee) => Promise<void>>> = {
  [heard]: async (ana) => {
    await eventually(() => ana.hears().length >= 2, 'the words to be heard');
    await ana.talksToTheAgent('thank you', 'the third');
    expect(ana.hears()).toEqual(['the first', 'the second', 'the third']);
    expect(ana.thread()).toEqual(['are you reading', 'thank you']);
    expect([...ana.undelivered(), ...ana.ends()]).toEqual([]);
  },
  [over]: async (ana) => {
    await eventually(() => ana.ends().length > 0, 'the end to be said');
    await ana.talksToTheAssistant();
    expect(ana.ends()).toEqual([expect.stringMatching(/chat has ended[\s\S]*Chat: \w/)]);
    expect(ana.state).toBe('closed_by_client');
  },
};

async function playOnce({ sides, ana, inTurn }: SharedScene, { fault, outcome }: Cell<Outcome>): Promise<void> {
  await ana.toAgent();
  const strike = await inTurn(async () => {
    const order = { fault: faults[fault], calls: calls.read(ana.chat), lasts: 'once' } as const;
    const struck = sides.wires.serviceNow.strike(order);
    ana.agentSays('the first');
    await ana.say('are you reading');
    return struck;
  });
  await strike.hit();
  ana.agentSays('the second');
  await outcomes[outcome](ana);
}

/** As long as the thread cannot be read she can write, and the other chat goes on; then all of it is heard. */
async function playLasting({ sides, ana, bystander }: Scene, { fault, outcome }: Cell<Outcome>): Promise<void> {
  await ana.toAgent();
  const order = { fault: faults[fault], calls: calls.read(ana.chat), lasts: 'for good' } as const;
  const strike = sides.wires.serviceNow.strike(order);
  ana.agentSays('the first');
  await strike.hit(2);
  await ana.say('are you reading');
  await bystander?.talksToTheAgent('meanwhile', 'heard');
  await eventually(() => ana.thread().length === 1, 'her words in the thread');
  ana.agentSays('the second');
  strike.heal();
  await outcomes[outcome](ana);
}

async function playGone({ sides, ana, bystander }: Scene, { fault, outcome }: Cell<Outcome>): Promise<void> {
  await ana.toAgent();
  const [reads, states] = [calls.read(ana.chat), calls.state(ana.chat)];
  sides.wires.serviceNow.strike({
    fault: faults[fault],
    calls: (call) => reads(call) || states(call),
    lasts: 'for good',
  });
  ana.agentSays('the first');
  await outcomes[outcome](ana);
  await bystander?.talksToTheAgent('meanwhile', 'heard');
}

/** Asked to wait, the reader looks at most eight times as seldom as usual: there the usual pause is shorter. */
function paceOf({ fault }: Cell<Outcome>): Readonly<Record<string, string>> {
  return fault === '429 with a time' ? { SERVICENOW_POLL_MS: '250' } : {};
}

let stage: Stage;
let bystander: Employee;

beforeAll(async () => {
  stage = await Stage.set();
  stage.playApart(lasting, paceOf, playLasting);
  stage.playApart(gone, () => ({}), playGone);
  bystander = await stage.playTogether(once, playOnce);
}, 180_000);

afterAll(() => stage.close(), 30_000);

test.each(once.cells)('read × $fault, once: $outcome$rows', (cell) => once.end(cell), 180_000);

test.each(lasting.cells)('read × $fault, for a while: $outcome$rows', (cell) => lasting.end(cell), 180_000);

test.each(gone.cells)('read × $fault, for good: $outcome$rows', (cell) => gone.end(cell), 180_000);

test(
  'threads of others that cannot be read are not noticed by an employee whose thread can',
  () => bystander.noticedNothing(once.cells.length),
  30_000,
);
