import type { SecretName } from './variables';

/** What a secret's file holds now, where it comes from a file. */
export type Now = (name: SecretName) => (() => string) | undefined;

/** The same object, whose named properties are looked up whenever they are read. */
export function live<T extends object>(fixed: T, changing: { readonly [K in keyof T]?: (() => T[K]) | undefined }): T {
  const object = { ...fixed };
  for (const [name, get] of Object.entries(changing)) {
    if (get) Object.defineProperty(object, name, { get: get as () => unknown, enumerable: true });
  }
  return object;
}
