/** Where a connector of this configuration tells on this machine how it is. */
export function ownAddress(server: {
  readonly host: string;
  readonly port: number;
  readonly adminPort?: number;
}): string {
  const { host, port, adminPort } = server;
  const local = ['0.0.0.0', '::', ''].includes(host) ? '127.0.0.1' : host;
  const name = local.includes(':') ? `[${local.replace(/^\[|\]$/g, '')}]` : local;
  return `http://${name}:${adminPort ?? port}`;
}
