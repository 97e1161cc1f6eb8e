/** The database cannot be used; the message says which one, what is wrong, and what to do. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}
