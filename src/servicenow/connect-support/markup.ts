/** A link object of a row; mark-up can name it by its id. */
export interface Link {
  readonly sys_id?: string;
  readonly url?: string;
}

/** ServiceNow's mark-up as plain text: links keep their address, mentions their name. */
export function readable(text: string, links: readonly Link[] = []): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/@L\[([^\]|]*)\|([^\]]*)\]/g, (_, target: string, name: string) => link(target, name, links))
    .replace(/@M\[[^\]|]*\|([^\]]*)\]/g, '@$1')
    .replace(/@\[[^\]:]*:([^\]]*)\]/g, '@$1');
}

function link(target: string, name: string, links: readonly Link[]): string {
  const address = links.find((each) => each.sys_id === target)?.url ?? target;
  if (!/^https?:\/\//i.test(address)) return name || address;
  return name === address || name === '' ? address : `${name} (${address})`;
}
