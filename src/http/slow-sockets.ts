import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** A request must have come whole within this time, milliseconds. */
const longestRequestMs = 15_000;
const mostConnections = 1_500;
/** Connections on which nobody has shown yet who they are. */
const mostStrangers = 400;
/** Who has only just come may still show it: Teams may open hundreds of connections at once. Milliseconds. */
const graceMs = 2_000;

/** How many connections there may be. */
export interface SocketBounds {
  readonly connections?: number;
  readonly strangers?: number;
  /** How long a stranger is left alone, milliseconds. */
  readonly graceMs?: number;
}

/** What is known of the connections of one server. */
export interface Sockets {
  /** A token came over this connection, and it was good. */
  proved(socket: Socket): void;
}

/**
 * Closes connections on which a request does not come to its end, and bounds how many there are. Where strangers hold too many, the
 * one that has been there longest goes, unless it has only just come: so whoever floods the door closes their own connections, and a genuine turn still comes in.
 */
export function boundSockets(server: Server, bounds: SocketBounds = {}): Sockets {
  const { connections = mostConnections, strangers: most = mostStrangers, graceMs: grace = graceMs } = bounds;
  server.maxConnections = connections;
  server.keepAliveTimeout = 5_000;
  const strangers = new Map<Socket, number>();
  const makeRoom = () => {
    const [oldest] = strangers;
    if (oldest && performance.now() - oldest[1] >= grace) oldest[0].destroy();
  };
  server.on('connection', (socket: Socket) => {
    strangers.set(socket, performance.now());
    socket.on('close', () => strangers.delete(socket));
    if (strangers.size > most) makeRoom();
  });
  server.on('drop', makeRoom);
  closeUnfinished(server);
  // Nobody may speak another language here than HTTP.
  server.prependListener('upgrade', (_request, socket) => socket.destroy());
  server.prependListener('connect', (_request, socket) => socket.destroy());
  oneAtATime(server, strangers);
  return { proved: (socket) => void strangers.delete(socket) };
}

/** A stranger who sends the next request before the last one has its answer is thrown out; what came along is not looked at. */
function oneAtATime(server: Server, strangers: ReadonlyMap<Socket, number>): void {
  const busy = new WeakSet<Socket>();
  const listeners = server.listeners('request');
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    if (socket.destroyed) return;
    if (busy.has(socket) && strangers.has(socket)) return void socket.destroy();
    busy.add(socket);
    response.on('finish', () => busy.delete(socket));
    for (const listener of listeners) listener.call(server, request, response);
  });
}

function closeUnfinished(server: Server): void {
  const deadlines = new WeakMap<Socket, NodeJS.Timeout>();
  const disarm = (socket: Socket) => clearTimeout(deadlines.get(socket));
  const arm = (socket: Socket) => {
    disarm(socket);
    const timer = setTimeout(() => socket.destroy(), longestRequestMs);
    timer.unref();
    deadlines.set(socket, timer);
  };
  server.on('connection', (socket: Socket) => {
    arm(socket);
    socket.on('close', () => disarm(socket));
  });
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    arm(socket);
    request.on('end', () => disarm(socket));
    response.on('finish', () => arm(socket));
  });
}
