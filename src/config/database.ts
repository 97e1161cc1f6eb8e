/** Where conversations are kept: in a file of this process alone, or in a database that several share. */
export type Database =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'postgres'; readonly url: string };

/** What a `DATABASE_URL` names; `undefined` when it names nothing that can be used. */
export function databaseOf(address: string): Database | undefined {
  const path = /^file:(.+)$/s.exec(address)?.[1];
  if (path !== undefined) return { kind: 'file', path };
  return /^postgres(ql)?:\/\/./.test(address) && URL.canParse(address) && new URL(address).pathname.length > 1
    ? { kind: 'postgres', url: address }
    : undefined;
}
