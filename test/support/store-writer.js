// A process that commits as fast as it can and prints each version once it is saved; made to be killed.
const { register } = require('./typescript');

register();
const { SqliteStore } = require('../../src/store/sqlite/store');
const { keyOf, sender } = require('./world/world');

async function main() {
  const store = await SqliteStore.open({ file: process.argv[2] });
  const { reference, user } = sender();
  const conversation = {
    key: keyOf(),
    phase: { name: 'assisted', silences: 0 },
    reference,
    user,
    said: [],
    reachable: true,
  };
  for (let from = (await store.load(keyOf()))?.version ?? 0; ; from += 1) {
    await store.commit({ key: keyOf(), from, conversation, effects: 0, put: [], settle: [], lines: [], at: 1 });
    process.stdout.write(`${from + 1}\n`);
  }
}

void main();
