import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Where the system's Chromium is; tests that need it are skipped, and say so, where there is none. */
export const chromiumPath = process.env.CHROMIUM_PATH ?? places.find((place) => existsSync(place));

/** In CI a missing browser is a fault, elsewhere a reason to leave these tests out. */
export function describeInBrowser(title: string, tests: () => void): void {
  if (chromiumPath !== undefined || process.env.CI) describe(title, tests);
  else
    describe.skip(
      `${title} (left out: there is no Chromium at ${places.join(', ')}; install it or set CHROMIUM_PATH)`,
      tests,
    );
}

export async function openBrowser(): Promise<Browser> {
  if (chromiumPath === undefined) {
    throw new Error(
      `These tests need Chromium at one of ${places.join(', ')}, or CHROMIUM_PATH; on Debian: apt-get install chromium`,
    );
  }
  return chromium.launch({ executablePath: chromiumPath, args: flags });
}
