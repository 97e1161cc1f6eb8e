import type { ChatState } from '../../conversation/events';
import { ApiFailure } from '../../conversation/failures';
import type { ChatId, LiveChat, RowId } from '../../conversation/types';
import type { Clock, Desk, Log, OpenedChat, OpenRequest, PostRequest } from '../../engine/ports';
import type { Texts } from '../../texts/texts';
import { brief, summary } from '../brief';
import { makeServiceNowHttp, type ServiceNowHttp } from '../http';
import type { DeskOptions } from '../options';
import { type FillPath, makePaths } from '../paths';
import { sameWords, withoutMarkup } from '../plain-text';
import type { ServiceNowAuth } from '../tokens';
import { type Identity, makeIdentity } from './identity';
import { makeList } from './list';
import { rowOf } from './rows';
import * as shape from './schema';
import { stateOf } from './states';
import { rowsSince } from './thread';

export interface ConnectSupportSettings {
  readonly url: string;
  readonly auth: ServiceNowAuth;
  readonly timeoutMs: number;
  /** sys_id of the default queue. */
  readonly queue: string;
  /** Aliases of further queues. */
  readonly queues: Readonly<Record<string, string>>;
  readonly overlapMs: number;
  readonly options: DeskOptions;
  readonly texts: Texts;
  readonly clock: Clock;
  readonly log: Log;
}

/** What all calls of this profile share. */
interface Parts extends ConnectSupportSettings {
  readonly http: ServiceNowHttp;
  readonly fill: FillPath;
  readonly identity: Identity;
}

/** A chat of this hand-off began at most so long before the connector's clock says; the two clocks may differ. */
const clockSkewMs = 900_000;

/** Connect Support, through the REST interface of its own browser client (undocumented by the vendor). */
export function makeConnectSupportDesk(settings: ConnectSupportSettings): Desk & { close(): void } {
  const { url, auth, options } = settings;
  const fill = makePaths(url, options.idPattern);
  const http = makeServiceNowHttp({ ...settings, tokenUrl: url + options.paths.token });
  const userName = options.ownUser ?? (auth.type === 'client_credentials' ? undefined : auth.username);
  const profileOf = (user: string) => readProfile(http, fill(options.paths.profile, { user }));
  const parts: Parts = { ...settings, http, fill, identity: makeIdentity({ userName, profileOf }) };
  const list = makeList({ ...settings, sessionsOf: (queue) => sessionsOf(parts, queue) });
  return {
    open: (request) => open(parts, request),
    findOpened: (request) => findOpened(parts, request),
    post: (request, { correlation }) => post(parts, request, correlation),
    findPosted: (request, bound) => findPosted(parts, request, bound),
    leave: (chat) => leave(parts, chat),
    state: (chat) => state(parts, chat),
    read: (chat, cursor) => read(parts, chat, cursor.time - settings.overlapMs),
    glance: (chats) => list(chats),
    close: () => http.close(),
  };
}

async function open(parts: Parts, request: OpenRequest): Promise<OpenedChat> {
  const { http, fill, options } = parts;
  const queue = queueOf(parts, request);
  const entry = await http.write({
    method: 'POST',
    url: fill(options.paths.open, { queue }),
    body: { message: briefOf(parts, request) },
    result: shape.queueEntry,
    operation: 'opening a chat',
  });
  return openedChat(parts, request, entry);
}

function queueOf({ queue, queues }: Parts, { handoff }: OpenRequest): string {
  const alias = handoff.request.queue;
  return (alias === undefined ? undefined : queues[alias]) ?? queue;
}

function briefOf({ texts, options }: Parts, { handoff, user, token }: OpenRequest): string {
  return brief({ handoff, user, token, texts, locale: options.agentLocale, longest: options.longestMessage });
}

function openedChat(parts: Parts, request: OpenRequest, entry: shape.QueueEntry): OpenedChat {
  const { handoff } = request;
  if (entry.group === undefined) {
    const message = 'servicenow: opening a chat was answered without a group';
    throw new ApiFailure({ upstream: 'servicenow', kind: 'malformed', certain: false, message });
  }
  const chat: LiveChat = {
    id: entry.group as ChatId,
    handoff: handoff.id,
    queue: entry.queue ?? queueOf(parts, request),
    entry: entry.sys_id,
    number: entry.number,
    user: entry.opened_by,
    summary: summary({ handoff }),
    openedAt: parts.clock.now(),
  };
  return { chat, state: stateOf(entry, parts.options.states) };
}

/** Our own chats in the queue, the newest that stand out by the token in what opened them. */
async function findOpened(parts: Parts, request: OpenRequest): Promise<OpenedChat | undefined> {
  const listed = await sessionsOf(parts, queueOf(parts, request)).catch(nothingListed);
  const entries = [...listed.flatMap(entryOf), ...(await entriesOf(parts, { queue_id: queueOf(parts, request) }))];
  const marked = entries.find((entry) => entry.short_description?.includes(request.token));
  const found = marked ?? (await findByThread(parts, request, entries));
  return found && openedChat(parts, request, found);
}

function entryOf({ sys_id, queueEntry }: shape.ListedConversation): shape.QueueEntry[] {
  return queueEntry ? [{ ...queueEntry, group: queueEntry.group ?? sys_id }] : [];
}

/** Where short descriptions are cut or rewritten, the first row of each chat that is still open says whose it is. */
async function findByThread(parts: Parts, { token, handoff }: OpenRequest, entries: readonly shape.QueueEntry[]) {
  const open = entries.filter((entry) => stateOf(entry, parts.options.states).state !== 'ended');
  const seen = new Set<string>();
  for (const entry of open) {
    if (entry.group === undefined || seen.has(entry.group)) continue;
    seen.add(entry.group);
    const rows = await threadOf(parts, entry.group, handoff.requestedAt - clockSkewMs);
    if (rows.some((row) => (row.message ?? row.formatted_message)?.includes(token))) return entry;
  }
  return undefined;
}

async function post(parts: Parts, request: PostRequest, context: string): Promise<RowId | undefined> {
  const { http, fill, options, identity } = parts;
  const chat = request.chat.id;
  const message = wordsOf(parts, request);
  const row = await http.write({
    method: 'POST',
    url: fill(options.paths.messages, { chat }),
    body: { message, group: chat, reflected_field: 'comments', context },
    result: shape.message.partial(),
    operation: 'posting words',
  });
  identity.learn(row);
  return row.sys_id as RowId | undefined;
}

function wordsOf({ texts, options }: Parts, { words }: PostRequest): string {
  if (words.from === 'employee') return withoutMarkup(words.part);
  const { key, ...values } = words.notice;
  return texts.say(options.agentLocale, `agent.${key}`, values);
}

/** The oldest row of ours with these words that is bound to no other post, and not older than the rows that are. */
async function findPosted(parts: Parts, request: PostRequest, bound: readonly RowId[]): Promise<RowId | undefined> {
  const { chat } = request;
  const self = await parts.identity.of(chat);
  const rows = (await threadOf(parts, chat.id, 0)).map((row) => rowOf(row, self, parts.options.systemUser));
  const mine = rows.filter((row) => row.author === 'self');
  const newestBound = mine.findLast((row) => bound.includes(row.id));
  const words = sameWords(wordsOf(parts, request));
  return mine.find(
    (row) => !bound.includes(row.id) && row.at >= (newestBound?.at ?? 0) && sameWords(row.text) === words,
  )?.id;
}

async function leave(parts: Parts, chat: LiveChat): Promise<'left' | 'gone'> {
  const { http, fill, options } = parts;
  const url = fill(options.paths.leave, { chat: chat.id });
  const method = options.leaveMethod;
  try {
    await http.write({ method, url, body: {}, result: shape.anything, operation: 'leaving a chat' });
    return 'left';
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    if (error.kind === 'not_found' || error.kind === 'conflict') return 'gone';
    if (error.kind === 'refused' && (await state(parts, chat))?.state === 'ended') return 'gone';
    throw error;
  }
}

/** The queue entry of the chat; where that call does not work, the entry in the conversation. */
async function state(parts: Parts, chat: LiveChat): Promise<ChatState | undefined> {
  const { http, fill, options } = parts;
  const [entry] = await entriesOf(parts, { group_id: chat.id }).catch(notThere<shape.QueueEntry[]>([]));
  if (entry) return stateOf(entry, options.states);
  const url = fill(options.paths.conversation, { chat: chat.id });
  const call = { method: 'GET', url, result: shape.conversation, operation: 'reading a conversation' } as const;
  const found = await http.read(call).catch(notThere<undefined>(undefined));
  return found?.queueEntry ? stateOf(found.queueEntry, options.states) : undefined;
}

async function read(parts: Parts, chat: LiveChat, since: number) {
  const [self, rows, known] = await Promise.all([
    parts.identity.of(chat),
    threadOf(parts, chat.id, since),
    state(parts, chat).catch(() => undefined),
  ]);
  const own = rows.find((row) => self.userName === undefined && isOpening(row));
  if (own) parts.identity.learn(own);
  const now = own ? await parts.identity.of(chat) : self;
  return {
    rows: rows.map((row) => rowOf(row, now, parts.options.systemUser)),
    state: known ?? ({ state: 'unknown' } as const),
  };
}

/** Our own first message, whoever ServiceNow says that we are. */
function isOpening(row: shape.Message): boolean {
  return /^\[Teams TC-[0-9A-F]+\]/.test(row.message ?? row.formatted_message ?? '');
}

function threadOf({ http, fill, options }: Parts, chat: string, since: number): Promise<shape.Message[]> {
  const url = fill(options.paths.messages, { chat });
  const page = (before?: number) =>
    http.read({
      method: 'GET',
      url: before === undefined ? url : `${url}?before=${before}`,
      result: shape.messages,
      operation: 'reading a thread',
    });
  return rowsSince(since, { page, pageSize: options.pageSize, mostPages: options.mostPages });
}

function sessionsOf({ http, fill, options }: Parts, queue: string): Promise<shape.ListedConversation[]> {
  const url = fill(options.paths.list, { queue });
  return http.read({ method: 'GET', url, result: shape.conversations, operation: 'listing chats' });
}

function entriesOf(
  { http, url, options }: Parts,
  query: Readonly<Record<string, string>>,
): Promise<shape.QueueEntry[]> {
  const address = `${url}${options.paths.entries}?${new URLSearchParams(query)}`;
  return http.read({ method: 'GET', url: address, result: shape.queueEntries, operation: 'reading queue entries' });
}

async function readProfile(http: ServiceNowHttp, url: string): Promise<string> {
  return (await http.read({ method: 'GET', url, result: shape.profile, operation: 'reading a profile' })).sys_id;
}

/** What stands in when this instance does not have a call; failures of other kinds go on. */
function notThere<T>(instead: T): (error: unknown) => T {
  return (error) => {
    const isAnswer = error instanceof ApiFailure && ['not_found', 'refused', 'rejected'].includes(error.kind);
    if (isAnswer) return instead;
    throw error;
  };
}

const nothingListed = notThere<shape.ListedConversation[]>([]);
