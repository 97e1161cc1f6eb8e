import { mediaRoutes } from '../bot-api/media-routes';
import { botRoutes } from '../bot-api/routes';
import { appRoutes } from '../live-chat-app/routes';
import { attachmentRoutes } from './attachment-routes';
import type { Handler } from './call';
import { conversationRoutes } from './conversation-routes';
import { queueRoutes } from './queue-routes';
import { sessionRoutes } from './session-routes';
import { tableRoutes } from './table-routes';

interface Route {
  readonly method: string;
  readonly parts: readonly string[];
  readonly handler: Handler;
}

/** What is the platform's own, and what applications have brought. */
const bases: Readonly<Record<string, Readonly<Record<string, Handler>>>> = {
  '/api/now': {
    ...queueRoutes,
    ...sessionRoutes,
    ...conversationRoutes,
    ...attachmentRoutes,
    ...tableRoutes,
    ...mediaRoutes,
  },
  '/api/sn_va_as_service': botRoutes,
  '/api/x_tlc/live_chat': appRoutes,
};

const routes: readonly Route[] = Object.entries(bases).flatMap(([base, handlers]) =>
  Object.entries(handlers).map(([route, handler]) => {
    const [method = '', path = ''] = route.split(' ');
    return { method, parts: (base + path).split('/'), handler };
  }),
);

export type Routed =
  | { readonly found: 'handler'; readonly handler: Handler; readonly params: Readonly<Record<string, string>> }
  | { readonly found: 'path' }
  | { readonly found: 'nothing' };

/** What answers this method and path. Of several routes that fit, the one listed first wins. */
export function route(method: string, path: string): Routed {
  const matching = matches(path);
  const best = matching.find(({ route: each }) => each.method === method);
  if (best) return { found: 'handler', handler: best.route.handler, params: best.params };
  return matching.length > 0 ? { found: 'path' } : { found: 'nothing' };
}

/** The conversation that a path is about, if it is about one. */
export function chatIn(path: string): string | undefined {
  const found = matches(path).find(({ params }) => params.group ?? params.conversationId)?.params;
  return found?.group ?? found?.conversationId;
}

function matches(path: string) {
  const parts = path.split('/');
  return routes.flatMap((each) => {
    const params = paramsOf(each.parts, parts);
    return params ? [{ route: each, params }] : [];
  });
}

function paramsOf(pattern: readonly string[], parts: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== parts.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const part = parts[index] ?? '';
    if (expected.startsWith(':') && part) params[expected.slice(1)] = part;
    else if (expected !== part) return undefined;
  }
  return params;
}
