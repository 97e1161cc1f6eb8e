import type { DomNode } from 'html-to-text';

/** An attribute's value; empty when there is none. */
export function attribute(element: DomNode, name: string): string {
  const value: unknown = element.attribs?.[name];
  return typeof value === 'string' ? value : '';
}

/** Whether an element is marked as one of Teams' own kinds, such as `Reply` or `Mention`. */
export function isKind(element: DomNode, kind: string): boolean {
  return attribute(element, 'itemtype').toLowerCase() === `http://schema.skype.com/${kind.toLowerCase()}`;
}

/** All that people see below a node, in the order of the document. Without recursion, so that no depth is too deep. */
export function* nodesBelow(top: DomNode): Generator<DomNode> {
  const waiting = [...(top.children ?? [])].reverse();
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (isHidden(node)) continue;
    yield node;
    for (let at = (node.children?.length ?? 0) - 1; at >= 0; at -= 1) waiting.push(node.children[at] as DomNode);
  }
}

/** The characters of an element, its pictures left out. */
export function textOf(element: DomNode): string {
  const texts: string[] = [];
  for (const { type, data } of nodesBelow(element)) if (type === 'text') texts.push(data ?? '');
  return texts.join('');
}

const blank = /^[\s\u200b-\u200d\u2060\ufeff]*$/;

/** Whether a node is nothing but blanks between elements. */
export function isBlank({ type, data }: DomNode): boolean {
  return type === 'comment' || (type === 'text' && blank.test(data ?? ''));
}

/** Elements that only group, colour or break: without characters inside nothing of them can be seen. */
const unseen: ReadonlySet<string> = new Set(
  'a b br code div em font i p readonly s span strong strike del u sub sup tr td th li pre wbr'.split(' '),
);

/** Whether nothing of an element can be seen, as of the empty paragraphs that Teams writes for empty lines. */
export function isEmpty(element: DomNode): boolean {
  for (const node of nodesBelow(element)) {
    if (!isBlank(node) && !unseen.has(node.name ?? '')) return false;
  }
  return true;
}

/** Elements that are no words: placeholders of Teams, and what browsers do not show. */
const neverSeen: ReadonlySet<string> = new Set(
  'attachment systemeventmessage head title script style template noscript iframe object embed svg canvas'.split(' '),
);
const hidingStyle =
  /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|(?:opacity|font-size)\s*:\s*0(?:\.0+)?(?:px|pt|em|rem|%)?\s*(?:;|!|$))/i;

/** Whether people do not get to see an element. */
export function isHidden(element: DomNode): boolean {
  if (neverSeen.has(element.name ?? '')) return true;
  return element.attribs?.hidden !== undefined || hidingStyle.test(attribute(element, 'style'));
}
