/** How the machine tells the time, and how late it is. */
export interface Machine {
  /** Epoch milliseconds; jumps when somebody sets the clock. */
  wall(): number;
  /** Milliseconds since any beginning; only ever goes forward. */
  steady(): number;
  after(milliseconds: number, callback: () => void): () => void;
}

/** One moment by both clocks of a machine. */
export interface Moment {
  readonly wall: number;
  readonly steady: number;
}

export function momentOf(machine: Machine): Moment {
  return { wall: machine.wall(), steady: machine.steady() };
}
