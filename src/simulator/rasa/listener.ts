import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** A server that can go away and come back at the same address. */
export class Listener {
  private server: Server | undefined;
  private bound = 0;

  constructor(
    private readonly options: {
      readonly port: number;
      readonly keepAliveMs: number;
      readonly tls: { readonly key: string; readonly cert: string } | undefined;
      readonly serve: RequestListener;
    },
  ) {
    this.bound = options.port;
  }

  get port(): number {
    return this.bound;
  }

  get url(): string {
    return `${this.options.tls ? 'https' : 'http'}://127.0.0.1:${this.bound}`;
  }

  async listen(): Promise<void> {
    const { tls, serve, keepAliveMs } = this.options;
    const server = tls ? createSecureServer(tls, serve) : createServer(serve);
    server.keepAliveTimeout = keepAliveMs;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.bound, '127.0.0.1', resolve);
    });
    this.bound = (server.address() as AddressInfo).port;
    this.server = server;
  }

  /** Drops all connections and frees the port. */
  async close(): Promise<void> {
    const server = this.server;
    this.server = undefined;
    if (!server) return;
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  }
}
