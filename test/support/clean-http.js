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
