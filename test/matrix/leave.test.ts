import { type Cell, cellsOf, SideBySide } from './support/cells';
import { calls, type Employee } from './support/employee';
import { eventually } from './support/eventually';
import type { Strike } from './support/fault-proxy';
import { faults } from './support/faults';
import { type Scene, type SharedScene, Stage } from './support/stage';

/** A chat is left: because the employee wants to, or because it is lost. Deadline of a call: 2.5 s. */
type Outcome =
  | 'the chat is left, and the employee hears once that it is over'
  | 'the chat counts as left, nobody calls again, and the employee hears once that it is over'
  | 'the employee hears once that it is over, and leaving is tried again behind her back'
  | 'the employee reads the one sentence, once, and which words did not arrive';

const [left, counts, later, sentence] = [
  'the chat is left, and the employee hears once that it is over',
  'the chat counts as left, nobody calls again, and the employee hears once that it is over',
  'the employee hears once that it is over, and leaving is tried again behind her back',
  'the employee reads the one sentence, once, and which words did not arrive',
] as const;

const once = new SideBySide(
  cellsOf<Outcome>([
    [left, ['202'], 'row 22'],
    [left, ['400', '403', '408', '412', '413', '429', '500', '502', '503', '504'], 'row 58'],
    [left, ['401'], 'row 17'],
    [left, ['429 with a time'], 'row 21'],
    [left, ['500, though it is done', '504, though it is done'], 'row 8'],
    [left, ['a reset after it is done', 'no answer, though it is done'], 'row 8'],
    [left, ['a page with 200'], 'row 24'],
    [left, ['a reset before'], 'row 27'],
    [left, ['no answer'], 'row 28'],
    [left, ['one byte at a time'], 'row 29'],
    [counts, ['404', '409'], 'row 8'],
  ]),
);

const lasting = new SideBySide(
  cellsOf<Outcome>([
    [later, ['202', '400', '401', '403', '408', '412', '413', '429'], 'row 58'],
    [later, ['500', '500, though it is done', '502', '503', '504', '504, though it is done'], 'row 58'],
    [later, ['a page with 200', 'a reset before', 'a reset after it is done'], 'row 58'],
    [later, ['no answer', 'no answer, though it is done', 'one byte at a time'], 'row 58'],
    [counts, ['404', '409'], 'row 8'],
  ]),
);

const lost = new SideBySide(
  cellsOf<Outcome>([
    [sentence, ['202', '400', '401', '403', '404', '408', '409', '412', '413', '429'], 'row 58'],
    [sentence, ['500', '500, though it is done', '502', '503', '504', '504, though it is done'], 'row 58'],
    [sentence, ['a page with 200', 'a reset before', 'a reset after it is done'], 'row 58'],
    [sentence, ['no answer', 'no answer, though it is done', 'one byte at a time'], 'row 58'],
  ]),
);

/** The instance asks all of its callers to wait: with these the other chat waits too, and so each has a connector of its own. */
const throttled = {
  lasting: new SideBySide(cellsOf<Outcome>([[later, ['429 with a time'], 'rows 21, 58']])),
  lost: new SideBySide(cellsOf<Outcome>([[sentence, ['429 with a time'], 'rows 21, 58']])),
};

const exactly =
  'The chat session is closed/could not be located. Please try reconnecting to live agent if you still need help!';

const outcomes: Readonly<Record<Outcome, (ana: Employee) => Promise<void>>> = {
  [left]: async (ana) => {
    await isOverByHer(ana);
    await eventually(() => ana.state === 'closed_by_client', 'the chat to be left');
  },
  [counts]: async (ana) => {
    await isOverByHer(ana);
    expect(ana.leaves()).toBe(1);
  },
  [later]: async (ana) => {
    await isOverByHer(ana);
    await eventually(() => ana.leaves() > 1, 'another call');
    expect(ana.ends()).toHaveLength(1);
  },
  [sentence]: async (ana) => {
    await eventually(() => ana.ends().length > 0, 'the end to be said');
    await ana.talksToTheAssistant();
    expect(ana.ends()).toEqual([exactly]);
    expect(ana.undelivered()).toEqual(['too late']);
    expect(ana.thread()).toEqual(['the first']);
    expect(ana.leaves()).toBeGreaterThan(0);
  },
};

async function isOverByHer(ana: Employee): Promise<void> {
  await eventually(() => ana.ends().length > 0, 'the end to be said');
  await ana.talksToTheAssistant();
  expect(ana.ends()).toEqual([expect.stringMatching(/You have left the live chat/)]);
  expect(ana.thread()).toEqual(['the first']);
  expect(ana.undelivered()).toEqual([]);
}

async function isInChat(ana: Employee): Promise<void> {
  await ana.toAgent();
  await ana.say('the first');
  await eventually(() => ana.thread().length === 1, 'the first words');
}

async function playOnce({ sides, ana, inTurn }: SharedScene, { fault, outcome }: Cell<Outcome>): Promise<void> {
  await isInChat(ana);
  await inTurn(async () => {
    const order = { fault: faults[fault], calls: calls.leave(ana.chat), lasts: 'once' } as const;
    const strike = sides.wires.serviceNow.strike(order);
    await ana.say('/end_chat');
    await strike.hit();
  });
  await outcomes[outcome](ana);
}

async function playLasting({ sides, ana }: Scene, { fault, outcome }: Cell<Outcome>): Promise<Strike> {
  await isInChat(ana);
  const order = { fault: faults[fault], calls: calls.leave(ana.chat), lasts: 'for good' } as const;
  const strike = sides.wires.serviceNow.strike(order);
  await ana.say('/end_chat');
  await strike.hit();
  await outcomes[outcome](ana);
  return strike;
}

/** The chat is gone as far as posts and the queue go, and it cannot be left either. */
async function playLost({ sides, ana }: Scene, { fault, outcome }: Cell<Outcome>): Promise<Strike> {
  await isInChat(ana);
  const [posts, states] = [calls.post(ana.chat), calls.state(ana.chat)];
  const { serviceNow } = sides.wires;
  serviceNow.strike({ fault: faults['404'], calls: (call) => posts(call) || states(call), lasts: 'for good' });
  const strike = serviceNow.strike({ fault: faults[fault], calls: calls.leave(ana.chat), lasts: 'for good' });
  await ana.say('too late');
  await strike.hit();
  await outcomes[outcome](ana);
  return strike;
}

/** Beside the others the bystander is heard while it lasts, but for those that ask everybody to wait: there, afterwards. */
function apart(play: typeof playLost) {
  return async (scene: Scene, cell: Cell<Outcome>): Promise<void> => {
    const strike = await play(scene, cell);
    strike.heal();
    await scene.bystander?.talksToTheAgent('afterwards', 'heard');
  };
}

let stage: Stage;
let bystanders: Employee[];

beforeAll(async () => {
  stage = await Stage.set();
  const together = stage.process();
  stage.playApart(
    throttled.lasting,
    () => ({}),
    apart(playLasting),
    () => true,
  );
  stage.playApart(
    throttled.lost,
    () => ({}),
    apart(playLost),
    () => true,
  );
  bystanders = await Promise.all([
    stage.playTogether(once, playOnce),
    stage.playTogether(lasting, playLasting, together),
    stage.playTogether(lost, playLost, together),
  ]);
}, 180_000);

afterAll(() => stage.close(), 30_000);

test.each(once.cells)('leave × $fault, once: $outcome$rows', (cell) => once.end(cell), 180_000);

test.each(lasting.cells)('leave × $fault, for good: $outcome$rows', (cell) => lasting.end(cell), 180_000);

test.each(lost.cells)(
  'leave × $fault, for good, of a chat that is gone: $outcome$rows',
  (cell) => lost.end(cell),
  180_000,
);

test.each(throttled.lasting.cells)(
  'leave × $fault, for good: $outcome$rows',
  (cell) => throttled.lasting.end(cell),
  180_000,
);

test.each(throttled.lost.cells)(
  'leave × $fault, for good, of a chat that is gone: $outcome$rows',
  (cell) => throttled.lost.end(cell),
  180_000,
);

test('chats of others that cannot be left are not noticed by an employee who stays in hers', async () => {
  await bystanders[0]?.noticedNothing(once.cells.length);
}, 30_000);

test('and not while it lasts either', async () => {
  for (const bystander of bystanders.slice(1)) {
    await bystander.talksToTheAgent('word 1', 'answer 1');
    await bystander.noticedNothing(1);
  }
}, 180_000);
