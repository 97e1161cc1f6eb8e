const { text } = require('node:stream/consumers');
require('../../support/typescript').register();

/**
 * Checks the package that comes in on stdin and answers the problems as JSON. A process of its own, because Microsoft's
 * validator loads an ES module, which jest cannot on Node 20. There is no network here.
 */
globalThis.fetch = () => Promise.reject(new Error('the network was used'));
const { problemsOf } = require('../../../src/cli/manifest/check.ts');

async function main() {
  const sent = JSON.parse(await text(process.stdin));
  const icons = sent.icons.map((icon) => ({ ...icon, png: Buffer.from(icon.png) }));
  process.stdout.write(JSON.stringify(await problemsOf({ ...sent, icons })));
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
