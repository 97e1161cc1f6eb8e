import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Locked {
  readonly version: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly dev?: true;
  readonly devOptional?: true;
  readonly optional?: true;
  readonly hasInstallScript?: true;
}

const lock = JSON.parse(readFileSync(join(__dirname, '../package-lock.json'), 'utf8')) as {
  packages: Readonly<Record<string, Locked>>;
};
const all = Object.entries(lock.packages).filter(([place]) => place !== '');
const runtime = all.filter(([, { dev, devOptional }]) => !dev && !devOptional);

test('the product takes at most 240 packages along, copies counted', () => {
  expect(runtime.filter(([, { optional }]) => !optional).length).toBeLessThanOrEqual(240);
});

test('what is installed is exactly what was meant: every package has its checksum', () => {
  expect(all.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([place]) => place)).toEqual([]);
});

test('nothing that the product needs runs a script when it is installed', () => {
  const scripted = runtime.filter(([, { hasInstallScript, optional }]) => hasInstallScript && !optional);
  expect(scripted.map(([place]) => place)).toEqual([]);
});

test('every package of the product may be used and passed on freely', () => {
  const free = /\b(MIT|ISC|Apache-2\.0|BSD-[23]-Clause|0BSD|BlueOak-1\.0\.0|Unlicense|CC0-1\.0|Python-2\.0)\b/;
  // Its readme says MIT, its package.json nothing.
  const known = ['node_modules/escape-regexp-component'];
  const others = runtime.filter(([place, { license }]) => !known.includes(place) && !free.test(license ?? 'none'));
  expect(others.map(([place, { license }]) => `${place}: ${license ?? 'none named'}`)).toEqual([]);
});
