// Writes docs/asvs.md from docs/asvs.json: each requirement of OWASP ASVS 5.0 that applies, with the test that holds it or the reason without one.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const docs = join(dirname(dirname(fileURLToPath(import.meta.url))), 'docs');
const items = JSON.parse(readFileSync(join(docs, 'asvs.json'), 'utf8'));
const cell = (text) => text.replaceAll('|', '\\|');
const lines = items.map(({ item, what, test, why }) => {
  const proof = test ? `\`${test[0]}\`: ${cell(test[1])}` : cell(why);
  return `| ${item} | ${cell(what)} | ${proof} |`;
});
const tested = items.filter(({ test }) => test).length;
const text = `# OWASP ASVS 5.0, item by item

The requirements of the standard that apply to a service without pages for its users, in our own words. Written by \`node scripts/asvs.mjs\`
from \`docs/asvs.json\`; a test holds that each named test exists. ${tested} of ${items.length} have a test, the others a reason.

| item | what it asks for | held by |
|---|---|---|
${lines.join('\n')}
`;
if (process.argv.includes('--print')) process.stdout.write(text);
else writeFileSync(join(docs, 'asvs.md'), text);
