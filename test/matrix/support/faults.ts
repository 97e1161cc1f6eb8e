/** What goes wrong with a call. `done`: the far side does what it was asked all the same, and nobody learns of it. */
export type Fault =
  | { readonly how: 'answer'; readonly status: number; readonly done: boolean; readonly retryAfter?: number }
  | { readonly how: 'page' }
  | { readonly how: 'reset'; readonly done: boolean }
  | { readonly how: 'hang'; readonly done: boolean }
  | { readonly how: 'drip' };

/** Everything that can go wrong with one call, by the name that it has in the names of tests. */
export const faults = {
  '202': answer(202),
  '202, and it is done': answer(202, { done: true }),
  '400': answer(400),
  '401': answer(401),
  '403': answer(403),
  '404': answer(404),
  '408': answer(408),
  '409': answer(409),
  '412': answer(412),
  '413': answer(413),
  '429': answer(429),
  '429 with a time': answer(429, { retryAfter: 1 }),
  '500': answer(500),
  '500, though it is done': answer(500, { done: true }),
  '502': answer(502),
  '503': answer(503),
  '504': answer(504),
  '504, though it is done': answer(504, { done: true }),
  'a page with 200': { how: 'page' },
  'a reset before': { how: 'reset', done: false },
  'a reset after it is done': { how: 'reset', done: true },
  'no answer': { how: 'hang', done: false },
  'no answer, though it is done': { how: 'hang', done: true },
  'one byte at a time': { how: 'drip' },
} as const satisfies Readonly<Record<string, Fault>>;

export type FaultName = keyof typeof faults;

function answer(status: number, more: { readonly done?: boolean; readonly retryAfter?: number } = {}): Fault {
  return { how: 'answer', status, done: false, ...more };
}
