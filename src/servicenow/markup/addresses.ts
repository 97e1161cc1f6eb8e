const longestAddress = 2_000;
/** What no address holds in the open; it would end one where addresses are written among words. */
const notInAddress = /[\s<>"'`\\^{}|]/;
const mail = /^mailto:[^\s<>"?@:/]+@[^\s<>"?@:/]+(\?[^\s<>"]*)?$/i;
const anyScheme = /^[a-z][a-z0-9+.-]*:/i;

/**
 * The absolute address that a link may lead to: the web, mail, or a page of the instance itself. `undefined` for anything
 * else: other schemes, names and passwords in addresses, and what only looks like a page of the instance.
 */
export function addressOf(written: string, instance: string | undefined): string | undefined {
  const address = written.trim();
  if (address === '' || address.length > longestAddress || notInAddress.test(address)) return undefined;
  if (/^https?:\/\//i.test(address)) return isOnTheWeb(urlOf(address)) ? address : undefined;
  if (mail.test(address)) return address;
  if (anyScheme.test(address) || instance === undefined || !isPage(address)) return undefined;
  const page = urlOf(address, instance);
  return page && page.origin === urlOf(instance)?.origin && isOnTheWeb(page) ? page.href : undefined;
}

/** Whether the text of a link names an address, and it is not the one that the link leads to. */
export function namesAnother(text: string, address: string): boolean {
  const words = text.normalize('NFKC').replace(/[\u3002\uff61]/g, '.');
  const whole = /^\S+$/.test(words) && /^https?:\/\//i.test(words) ? urlOf(words) : undefined;
  if (whole) return whole.href !== urlOf(address)?.href;
  const named = words.match(/[\p{L}\p{N}_@-]+(?:\.[\p{L}\p{N}_-]+)*\.\p{L}{2,}/gu) ?? [];
  return named.some((name) => !isTarget(name.toLowerCase(), address));
}

/** An address that was read before, taken apart. */
export function urlOf(address: string, base?: string): URL | undefined {
  return URL.canParse(address, base) ? new URL(address, base) : undefined;
}

function isTarget(name: string, address: string): boolean {
  if (/^mailto:/i.test(address)) {
    const box = address.slice('mailto:'.length).split('?')[0]?.toLowerCase() ?? '';
    return box === name || box.endsWith(`@${name}`);
  }
  const host = urlOf(`https://${name}`)?.hostname;
  return host !== undefined && bare(host) === bare(urlOf(address)?.hostname ?? '');
}

function bare(host: string): string {
  return host.replace(/^www\./, '');
}

/** `incident.do?sys_id=…`, `kb?id=kb_article&…`, `/now/…`; an id alone is none, nor is what leads to another host. */
function isPage(address: string): boolean {
  return !address.startsWith('//') && (address.startsWith('/') || /^[\w$-]+(\.do\b|\?\w+=)/.test(address));
}

function isOnTheWeb(url: URL | undefined): boolean {
  return url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
}
