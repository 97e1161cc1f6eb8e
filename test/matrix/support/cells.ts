import type { FaultName } from './faults';

/** One cell of the matrix: a fault of one call, and what comes of it for people. */
export interface Cell<Outcome extends string> {
  readonly fault: FaultName;
  readonly outcome: Outcome;
  /** Rows of the failure table that this is about. */
  readonly rows: string;
}

type Row<Outcome extends string> = readonly [outcome: Outcome, faults: readonly FaultName[], rows?: string];

/** The cells of a table that groups faults by what comes of them. */
export function cellsOf<Outcome extends string>(table: readonly Row<Outcome>[]): Cell<Outcome>[] {
  return table.flatMap(([outcome, faults, rows = '']) =>
    faults.map((fault) => ({ fault, outcome, rows: rows && ` (${rows})` })),
  );
}

/** Plays all cells at the same time; each is asked for its end by its own test. */
export class SideBySide<Outcome extends string> {
  private readonly ends = new Map<Cell<Outcome>, Promise<unknown>>();

  constructor(readonly cells: readonly Cell<Outcome>[]) {}

  start(play: (cell: Cell<Outcome>) => Promise<unknown>): void {
    for (const cell of this.cells) {
      const end = play(cell);
      end.catch(() => {}); // its test will say so
      this.ends.set(cell, end);
    }
  }

  end(cell: Cell<Outcome>): Promise<unknown> {
    return this.ends.get(cell) ?? Promise.reject(new Error('this cell was not played'));
  }
}

/** Lets cells begin one after the other, in the order in which they come, with something between every two. */
export function turnstile(between: (turn: number) => Promise<void>): <T>(work: () => Promise<T>) => Promise<T> {
  let before: Promise<unknown> = Promise.resolve();
  let turns = 0;
  return (work) => {
    const turn = before.then(async () => {
      turns += 1;
      await between(turns);
      return work();
    });
    before = turn.catch(() => {});
    return turn;
  };
}

/** Runs at most so many works at once, first come, first served. */
export function makeFew(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
