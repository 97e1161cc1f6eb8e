import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** A request must have come whole within this time, milliseconds. */
const longestRequestMs = 15_000;
const mostConnections = 2_000;

/** Closes connections on which a request does not come to its end, and bounds how many there are. */
export function boundSockets(server: Server): void {
  server.maxConnections = mostConnections;
  server.keepAliveTimeout = 5_000;
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
