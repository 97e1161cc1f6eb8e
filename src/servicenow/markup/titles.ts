import { urlOf } from './addresses';
import { englishTitles, type Titles } from './tree';

const recordNumber = /\b[A-Z]{2,10}\d{4,12}\b/;
/** Prefixes of table names that say nothing to a reader. */
const inner = /^(sc|kb|cmdb|sys|sn|u|x|wm|pm|rm|ast|alm)_/;

/** How a page of the instance is called; `undefined` for pages that are neither an article nor a record. */
export function titleOf(
  address: string,
  instance: string | undefined,
  { hint = '', titles = englishTitles }: { readonly hint?: string; readonly titles?: Titles } = {},
): string | undefined {
  const page = instance === undefined ? undefined : pageOf(address, instance);
  if (!page) return undefined;
  const article = page.searchParams.get('sysparm_article') ?? '';
  if (/^KB\d{4,12}$/i.test(article)) return article.toUpperCase();
  if (isArticle(page)) return recordNumber.exec(hint)?.[0] ?? titles.article;
  const table = tableOf(page);
  if (table === undefined) return undefined;
  const number = numberIn(page) ?? recordNumber.exec(hint)?.[0];
  if (number === undefined) return titles.record;
  return inner.test(table) ? number : `${table.replaceAll('_', ' ')} ${number}`;
}

/** The page itself: the frame around it (`nav_to.do?uri=…`, `/now/nav/ui/classic/params/target/…`) is taken away. */
function pageOf(address: string, instance: string): URL | undefined {
  const home = urlOf(instance);
  let page = urlOf(address);
  for (let frames = 0; frames < 3 && page && page.origin === home?.origin; frames += 1) {
    const within = withinFrame(page);
    if (within === undefined) return page;
    page = urlOf(within, home.href);
  }
  return undefined;
}

function withinFrame(page: URL): string | undefined {
  // An address within that was not encoded goes on after its first parameter.
  const uri = page.pathname === '/nav_to.do' ? /^.*?[?&]uri=(.+)$/.exec(page.search)?.[1] : undefined;
  if (uri !== undefined) return decoded(uri).replace(/^(?=[\w$]+\.do\b)/, '/');
  const target = /^\/now\/nav\/ui\/classic\/params\/target\/(.+)$/.exec(page.pathname)?.[1];
  return target === undefined ? undefined : `/${decoded(target)}${page.search}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}

function isArticle({ pathname, searchParams }: URL): boolean {
  const view = searchParams.get('id') ?? '';
  return /^\/kb_(view|knowledge)\.do$/.test(pathname) || /^kb_article(_view)?$/.test(view);
}

function tableOf({ pathname, searchParams }: URL): string | undefined {
  const hasRecord = searchParams.has('sys_id') || searchParams.has('sysparm_query') || searchParams.has('number');
  const form = hasRecord ? /^\/([a-z]\w*)\.do$/.exec(pathname)?.[1] : undefined;
  if (form !== undefined && !form.endsWith('_list')) return form;
  const table = searchParams.get('table') ?? '';
  if (hasRecord && searchParams.has('id') && /^[a-z]\w*$/.test(table)) return table;
  return /^\/now\/.*\/record\/([a-z]\w*)\/[0-9a-f]{32}/.exec(pathname)?.[1];
}

function numberIn({ searchParams }: URL): string | undefined {
  const query = searchParams.get('sysparm_query') ?? '';
  const written = /^number=(\w+)$/.exec(query)?.[1] ?? searchParams.get('number') ?? '';
  return recordNumber.exec(written)?.[0];
}
