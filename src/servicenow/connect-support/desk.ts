import type { Desk, FileDesk } from '../../engine/ports';
import { makeServiceNowHttp } from '../http';
import { makeIsId, makePaths } from '../paths';
import { attach, findAttached } from './attachments';
import { makeAvailability } from './availability';
import { makeCalls } from './calls';
import { findOpened } from './find-opened';
import { makeIdentity } from './identity';
import { leave } from './leaving';
import { makeList } from './list';
import { open } from './opening';
import type { ConnectSupportSettings, DeskParts } from './parts';
import { findPosted, post } from './posting';
import { makeQueueState } from './queue-state';
import { rate } from './rating';
import { openingRow, read } from './reading';
import { makeStates } from './states';

/** Connect Support, through the REST interface of its own browser client (undocumented by the vendor). */
export function makeConnectSupportDesk(settings: ConnectSupportSettings): Desk & FileDesk & { close(): void } {
  const { auth, options, log } = settings;
  const isId = makeIsId(options.idPattern);
  const fill = makePaths(settings.url, isId);
  const tokenUrl = fill(options.paths.token);
  const http = makeServiceNowHttp({ ...settings, tokenUrl, longestAnswer: options.longestAnswer });
  const calls = makeCalls({ http, fill, options, log });
  const stateOf = makeStates(options.states, log);
  const identity = makeIdentity({
    userName: options.ownUser ?? (auth.type === 'client_credentials' ? undefined : auth.username),
    systemUser: options.systemUser,
    profileOf: calls.profile,
    openingRow: (chat) => openingRow({ calls, options, log }, chat),
    log,
  });
  const queueState = makeQueueState({ ...settings, calls, stateOf });
  const parts: DeskParts = { ...settings, isId, calls, identity, stateOf, queueState };
  const availability = makeAvailability();
  return {
    unavailable: (request) => availability(parts, request),
    open: (request) => open(parts, request),
    findOpened: (request) => findOpened(parts, request),
    post: (request, context) => post(parts, request, context),
    findPosted: (request, bound, context) => findPosted(parts, request, bound, context),
    attach: (request, bytes, context) => attach(parts, request, bytes, context),
    findAttached: (request, bound, context) => findAttached(parts, request, bound, context),
    download: (file, mostBytes) => calls.download(file.id, mostBytes),
    leave: (chat) => leave(parts, chat),
    rate: (chat, rating) => rate(parts, chat, rating),
    state: queueState,
    read: (chat, cursor) => read(parts, chat, cursor),
    glance: makeList({ ...settings, listed: calls.listed, stateOf }),
    close: () => http.close(),
  };
}
