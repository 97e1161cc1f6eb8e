const { AsyncLocalStorage } = require('node:async_hooks');
const http = require('node:http');

/**
 * restify replaces methods of Node's own response class, for the whole process, and its `writeHead` returns nothing. Test files
 * that share a worker must not see that of each other: what a file replaced is put back at its end.
 */
const prototypes = [http.IncomingMessage.prototype, http.ServerResponse.prototype, http.OutgoingMessage.prototype];
const before = prototypes.map((prototype) => Object.getOwnPropertyDescriptors(prototype));

afterAll(() => {
  prototypes.forEach((prototype, index) => {
    Object.defineProperties(prototype, before[index]);
  });
});

/**
 * Each AsyncLocalStorage that was ever used makes every promise of the process slower, also long after its test file is over: at the end
 * of a whole run the simulation took 480 s that takes 150 s by itself. So what files before this one began to follow is let go.
 */
const inUse = Symbol.for('storages in use');
if (!AsyncLocalStorage[inUse]) {
  AsyncLocalStorage[inUse] = new Set();
  for (const name of ['run', 'enterWith']) {
    const method = AsyncLocalStorage.prototype[name];
    AsyncLocalStorage.prototype[name] = function (...given) {
      AsyncLocalStorage[inUse].add(this);
      return method.apply(this, given);
    };
  }
}
for (const storage of AsyncLocalStorage[inUse]) storage.disable();
AsyncLocalStorage[inUse].clear();
