import { commandSchemas } from './commands';
import type { Control } from './control';
import type { Methods } from './methods';
import { deskView } from './views';

type Command = (control: Control, body: unknown, query: URLSearchParams) => unknown;

interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly command: (control: Control, id: string, body: unknown, query: URLSearchParams) => unknown;
}

const routes: readonly Route[] = [
  { method: 'GET', pattern: /^\/desk$/, command: ({ world }) => deskView(world) },
  { method: 'GET', pattern: /^\/state$/, command: ({ methods }) => methods.state() },
  {
    method: 'GET',
    pattern: /^\/journal$/,
    command: ({ methods }, _, __, query) => ({ entries: methods.journal(Number(query.get('since') ?? 0)) }),
  },
  { method: 'GET', pattern: /^\/callbacks$/, command: ({ methods }) => ({ entries: attempts(methods) }) },
  { method: 'GET', pattern: /^\/bot\/requests$/, command: ({ methods }) => ({ entries: methods.botRequests() }) },
  { method: 'GET', pattern: /^\/chats$/, command: ({ methods }) => ({ chats: methods.chats() }) },
  { method: 'GET', pattern: /^\/chats\/([^/]+)\/pane$/, command: ({ methods }, id) => ({ rows: methods.pane(id) }) },
  chat('accept', (methods, id, body) => methods.accept(id, commandSchemas.accept.parse(body).agent)),
  chat('say', (methods, id, body) => ({ rows: methods.say(id, commandSchemas.say.parse(body)) })),
  chat('transfer', (methods, id, body) => methods.transfer(id, commandSchemas.transfer.parse(body))),
  chat('escalate', (methods, id, body) => ({
    followUp: methods.escalate(id, commandSchemas.escalate.parse(body).queue),
  })),
  chat('close', (methods, id, body) => methods.closeChat(id, commandSchemas.close.parse(body))),
  chat('typing', (methods, id, body) => methods.typing(id, commandSchemas.typing.parse(body).on)),
  chat('callback', (methods, id, body) => methods.callBack(id, commandSchemas.callback.parse(body))),
  chat('agentDrop', (methods, id) => methods.agentDrop(id)),
  chat('idle', (methods, id) => methods.idle(id)),
  { method: 'POST', pattern: /^\/queues\/([^/]+)\/empty$/, command: ({ methods }, id) => methods.emptyQueue(id) },
  post('queues', (methods, body) => ({ id: methods.setQueue(commandSchemas.queue.parse(body)) })),
  post('users', (methods, body) => ({ sysId: methods.setUser(commandSchemas.user.parse(body)) })),
  post('agents', (methods, body) => ({ sysId: methods.setAgent(commandSchemas.agent.parse(body)) })),
  // The rule's own schema is checked where the rule is added, and the switches' where they are set.
  post('faults', (methods, body) => ({ id: methods.addFault(body as Parameters<Methods['addFault']>[0]) })),
  { method: 'DELETE', pattern: /^\/faults$/, command: ({ methods }) => methods.clearFaults() },
  { method: 'DELETE', pattern: /^\/faults\/([^/]+)$/, command: ({ methods }, id) => methods.removeFault(id) },
  {
    method: 'PUT',
    pattern: /^\/config$/,
    command: ({ methods }, _, body) => methods.configure(body as Parameters<Methods['configure']>[0]),
  },
  post('clock', (methods, body) => moveClock(methods, commandSchemas.clock.parse(body))),
  post('reset', (methods, body) => methods.reset(commandSchemas.reset.parse(body))),
];

/** What a call of the control plane does; undefined when there is no such call. */
export function commandFor(method: string, path: string): Command | undefined {
  for (const route of routes) {
    const found = route.method === method ? route.pattern.exec(path) : null;
    if (found) return (control, body, query) => route.command(control, decodeURIComponent(found[1] ?? ''), body, query);
  }
  return undefined;
}

/** What the instance has sent by itself, in order. */
function attempts(methods: Methods) {
  return [...methods.pushes(), ...methods.callbacks()].sort((a, b) => a.at - b.at);
}

function chat(name: string, run: (methods: Methods, id: string, body: unknown) => unknown): Route {
  const pattern = new RegExp(`^/chats/([^/]+)/${name}$`);
  return { method: 'POST', pattern, command: ({ methods }, id, body) => run(methods, id, body) };
}

function post(name: string, run: (methods: Methods, body: unknown) => unknown): Route {
  return { method: 'POST', pattern: new RegExp(`^/${name}$`), command: ({ methods }, _, body) => run(methods, body) };
}

function moveClock({ clock }: Methods, { mode, set, advanceMs }: ReturnType<typeof commandSchemas.clock.parse>) {
  if (mode === 'manual') clock.manual();
  if (mode === 'real') clock.real();
  if (set !== undefined) clock.set(set);
  if (advanceMs !== undefined) clock.advance(advanceMs);
  return { now: clock.now() };
}
