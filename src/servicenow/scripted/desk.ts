import type { Desk, FileDesk } from '../../engine/ports';
import { makeServiceNowHttp } from '../http';
import { makeIsId, makePaths } from '../paths';
import { attach, findAttached } from './attaching';
import { makeCalls } from './calls';
import { Feed } from './feed';
import { findOpened, open, unavailable } from './opening';
import type { ScriptedParts, ScriptedSettings } from './parts';
import { findPosted, post } from './posting';
import { leave, read, state } from './reading';

/** Agent Chat, through the product's own application on the instance (`servicenow-app`). */
export function makeScriptedDesk(settings: ScriptedSettings): Desk & FileDesk & { close(): void } {
  const { options } = settings;
  const fill = makePaths(settings.url, makeIsId('[0-9a-f]{32}'));
  const tokenUrl = fill(options.tokenPath);
  const http = makeServiceNowHttp({ ...settings, tokenUrl, longestAnswer: options.longestAnswer });
  const calls = makeCalls({ http, fill, options });
  const parts: ScriptedParts = { ...settings, calls, feed: new Feed({ ...settings, calls }) };
  return {
    unavailable: (request) => unavailable(parts, request),
    open: (request) => open(parts, request),
    findOpened: (request) => findOpened(parts, request),
    post: (request, context) => post(parts, request, context),
    findPosted: (request, bound, context) => findPosted(parts, request, bound, context),
    attach: (request, bytes) => attach(parts, request, bytes),
    findAttached: (request, bound) => findAttached(parts, request, bound),
    download: (file, mostBytes) => calls.download(file.id, mostBytes),
    leave: (chat) => leave(parts, chat),
    rate: async (chat, rating) => {
      await calls.rate(chat.id, rating);
      return 'kept';
    },
    state: (chat) => state(parts, chat),
    read: (chat, cursor, context) => read(parts, chat, cursor, context),
    glance: (chats) => parts.feed.look(chats),
    close: () => http.close(),
  };
}
