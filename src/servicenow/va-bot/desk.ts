import { ApiFailure } from '../../conversation/failures';
import type { Desk, FileDesk } from '../../engine/ports';
import { makeServiceNowHttp } from '../http';
import { makeIsId, makePaths } from '../paths';
import { makeBotCalls } from './calls';
import { isFilePath } from './media';
import { findOpened, open } from './opening';
import type { BotParts, BotSettings } from './parts';
import { attach, leave, post } from './posting';
import { receipt, typing } from './signs';
import { chatState } from './standing';
import { Threads } from './thread';

/** The Virtual Agent Bot Integration API: what the instance says comes as callbacks, which the inbox holds. */
export function makeBotDesk(settings: BotSettings): Desk & FileDesk & { close(): void } {
  const { options, messageAuth } = settings;
  const fill = makePaths(settings.url, makeIsId('[0-9a-f]{32}'));
  const tokenUrl = fill(options.tokenPath);
  const http = makeServiceNowHttp({ ...settings, tokenUrl, longestAnswer: options.longestAnswer });
  const parts: BotParts = { ...settings, calls: makeBotCalls({ http, fill, options, messageAuth }) };
  const threads = new Threads(parts);
  return {
    readsHere: true,
    unavailable: async () => undefined,
    open: (request) => open(parts, threads, request),
    findOpened: (request) => findOpened(parts, threads, request),
    post: (request, context) => post(parts, threads, request, context),
    // Nothing tells what is in the thread. A repeat has the id of the first attempt, by which the instance knows it.
    findPosted: async () => undefined,
    attach: (request, bytes) => attach(parts, request, bytes),
    findAttached: async () => undefined,
    download: async (file, mostBytes) => {
      if (!isFilePath(file.id)) throw noFile();
      return http.download(fill('') + file.id, mostBytes);
    },
    leave: (chat) => leave(parts, chat),
    rate: async () => 'none',
    state: async (chat) => {
      const { arrivals, standing } = await threads.whole(chat.id);
      return arrivals.length === 0 ? undefined : chatState(standing);
    },
    read: (chat, cursor) => threads.read(chat, cursor),
    glance: (chats) => threads.glance(chats),
    typing: (chat, on) => typing(parts, chat, on),
    ...(options.receipts === 'on'
      ? { receipt: (chat, row, outcome) => receipt(parts, threads, chat, row, outcome) }
      : {}),
    close: () => http.close(),
  };
}

function noFile(): ApiFailure {
  const message = 'servicenow: this is no address of a file on the instance';
  return new ApiFailure({ upstream: 'servicenow', kind: 'rejected', certain: true, message });
}
