import type { Breaker } from './breaker';
import type { Assistant, Desk, FileDesk, Messenger } from './ports';

/** The same desk behind a breaker: what people say and wait for goes before what is read. */
export function guardDesk(desk: Desk, breaker: Breaker): Desk {
  const reading = <T>(read: () => Promise<T>) => (desk.readsHere ? read() : breaker.call('reads', read));
  return {
    ...(desk.readsHere ? { readsHere: true as const } : {}),
    unavailable: (request, context) => breaker.call('reads', () => desk.unavailable(request, context)),
    open: (request, context) => breaker.call('words', () => desk.open(request, context)),
    findOpened: (request, context) => breaker.call('words', () => desk.findOpened(request, context)),
    post: (request, context) => breaker.call('words', () => desk.post(request, context)),
    findPosted: (request, bound, context) => breaker.call('words', () => desk.findPosted(request, bound, context)),
    leave: (chat, context) => breaker.call('words', () => desk.leave(chat, context)),
    rate: (chat, rating, context) => breaker.call('reads', () => desk.rate(chat, rating, context)),
    state: (chat, context) => reading(() => desk.state(chat, context)),
    read: (chat, cursor, context) => reading(() => desk.read(chat, cursor, context)),
    ...signs(desk, breaker),
    glance: (chats, context) => reading(() => desk.glance(chats, context)),
  };
}

/** What only some desks can, and nobody waits for. */
function signs({ typing, receipt }: Desk, breaker: Breaker): Pick<Desk, 'typing' | 'receipt'> {
  return {
    ...(typing ? { typing: (...given) => breaker.call('reads', () => typing(...given)) } : {}),
    ...(receipt ? { receipt: (...given) => breaker.call('reads', () => receipt(...given)) } : {}),
  };
}

/** The same for files, behind the same breaker as the desk's other calls. */
export function guardFileDesk(desk: FileDesk, breaker: Breaker): FileDesk {
  return {
    attach: (request, bytes, context) => breaker.call('words', () => desk.attach(request, bytes, context)),
    findAttached: (request, bound, context) => breaker.call('words', () => desk.findAttached(request, bound, context)),
    download: (file, mostBytes, context) => breaker.call('words', () => desk.download(file, mostBytes, context)),
  };
}

/** The same messenger behind a breaker. A typing sign is nobody's business. */
export function guardMessenger(messenger: Messenger, breaker: Breaker): Messenger {
  return {
    show: (to, content, options, context) => breaker.call('words', () => messenger.show(to, content, options, context)),
    update: (to, activity, content, context) =>
      breaker.call('words', () => messenger.update(to, activity, content, context)),
    typing: (to) => messenger.typing(to),
    profile: (reference, context) => breaker.call('reads', () => messenger.profile(reference, context)),
  };
}

/** The same assistant behind a breaker. */
export function guardAssistant(assistant: Assistant, breaker: Breaker): Assistant {
  return {
    ask: (turn, context) => breaker.call('words', () => assistant.ask(turn, context)),
    lookUp: (turn, sentAt, context) => breaker.call('reads', () => assistant.lookUp(turn, sentAt, context)),
    recall: (key, context) => breaker.call('reads', () => assistant.recall(key, context)),
    tell: (key, news, context) => breaker.call('reads', () => assistant.tell(key, news, context)),
  };
}
