/** Why something cannot be done here; the platform and the control plane each have their own way to answer it. */
export class Refusal extends Error {
  constructor(
    readonly reason: 'not_found' | 'forbidden' | 'conflict' | 'invalid',
    message: string,
  ) {
    super(message);
  }
}
