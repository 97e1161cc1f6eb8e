import net, { type AddressInfo, type Socket } from 'node:net';

/** What happens on the wire to the calls that are struck. */
export type WireFault =
  /** Handed on, and its answer never comes back. */
  | { readonly how: 'swallow' }
  /** Nothing is handed on, and the connection stays open. */
  | { readonly how: 'black hole' }
  /** The answer is so many milliseconds late. */
  | { readonly how: 'delay'; readonly ms: number }
  /** The connection is reset after so many bytes of the answer. */
  | { readonly how: 'cut'; readonly afterBytes: number }
  /** The answer comes byte by byte, with so long a pause after each. */
  | { readonly how: 'drip'; readonly everyMs: number };

/** Stands between the product and a far side, and strikes calls by their first line. */
export interface FaultProxy {
  readonly url: string;
  /** From now on calls with such a first line are struck. */
  strike(fault: WireFault, calls: RegExp): void;
  heal(): void;
  /** Connections with a struck call, and how many of them the product has closed. */
  readonly struck: { readonly count: number; readonly closed: number };
  close(): Promise<void>;
}

interface Order {
  readonly fault: WireFault;
  readonly calls: RegExp;
}

/** Starts a proxy in front of a server on this machine. */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const sockets = new Set<Socket>();
  const struck = { count: 0, closed: 0 };
  let order: Order | undefined;
  const server = net.createServer((near) => {
    const far = net.connect(Number(new URL(target).port), '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => sockets.delete(socket));
    }
    join(near, far, struck, (line) => (order?.calls.test(line) ? order.fault : undefined));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    strike: (fault, calls) => {
      order = { fault, calls };
    },
    heal: () => {
      order = undefined;
    },
    struck,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Carries bytes both ways; each call is struck or not, as its first line says. */
function join(
  near: Socket,
  far: Socket,
  struck: { count: number; closed: number },
  faultFor: (line: string) => WireFault | undefined,
): void {
  let fault: WireFault | undefined;
  const carry = { passed: 0 };
  near.on('data', (chunk: Buffer) => {
    const line = chunk.toString('latin1').split('\r\n', 1)[0] ?? '';
    if (/^[A-Z]+ \S+ HTTP/.test(line)) {
      fault = faultFor(line);
      carry.passed = 0;
      if (fault) struck.count += 1;
    }
    if (fault?.how !== 'black hole') far.write(chunk);
  });
  near.on('close', () => {
    if (fault) struck.closed += 1;
    far.destroy();
  });
  far.on('data', (chunk: Buffer) => giveBack(near, chunk, fault, carry));
  far.on('close', () => {
    if (!fault) near.destroy();
  });
}

function giveBack(near: Socket, chunk: Buffer, fault: WireFault | undefined, carry: { passed: number }): void {
  switch (fault?.how) {
    case undefined:
      near.write(chunk);
      return;
    case 'swallow':
    case 'black hole':
      return;
    case 'delay':
      setTimeout(() => near.writable && near.write(chunk), fault.ms).unref();
      return;
    case 'cut': {
      const rest = chunk.subarray(0, Math.max(0, fault.afterBytes - carry.passed));
      carry.passed += chunk.length;
      near.write(rest, () => {
        if (carry.passed >= fault.afterBytes) near.resetAndDestroy();
      });
      return;
    }
    case 'drip':
      drip(near, chunk, fault.everyMs);
  }
}

function drip(near: Socket, chunk: Buffer, everyMs: number): void {
  let at = 0;
  const next = () => {
    if (!near.writable || at >= chunk.length) return;
    near.write(chunk.subarray(at, at + 1));
    at += 1;
    setTimeout(next, everyMs).unref();
  };
  next();
}
