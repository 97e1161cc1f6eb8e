const base = '/__sim';

/** Everything the lists show: queues, agents, chats, closing texts, faults. */
export const readDesk = () => call('GET', '/desk');

/** The rows of one chat, as its agent sees them. */
export const readPane = async (chat) => (await call('GET', `${chatPath(chat)}/pane`)).rows;

/** Takes a waiting chat. */
export const accept = (chat, agent) => call('POST', `${chatPath(chat)}/accept`, { agent });

/** Writes in a chat; a work note is for agents only. `files` go with the words. */
export const say = (chat, saying) => call('POST', `${chatPath(chat)}/say`, saying);

/** Where the bytes of a file are. */
export const fileUrl = (id) => `${base}/files/${encodeURIComponent(id)}`;

/** Hands a chat to `{agent}` or back to `{queue}`. */
export const transfer = (chat, target) => call('POST', `${chatPath(chat)}/transfer`, target);

/** Says that an agent types, or types no more. */
export const typing = (chat, on) => call('POST', `${chatPath(chat)}/typing`, { on });

/** Ends a chat from the agent's side. */
export const close = (chat, closing) => call('POST', `${chatPath(chat)}/close`, closing);

/** Makes the simulated instance misbehave towards the connector. */
export const addFault = (rule) => call('POST', '/faults', rule);

/** Ends one misbehaviour. */
export const removeFault = (id) => call('DELETE', `/faults/${encodeURIComponent(id)}`);

/** Where the simulator tells that something changed (server-sent events). */
export const eventsUrl = `${base}/events`;

const chatPath = (chat) => `/chats/${encodeURIComponent(chat)}`;

async function call(method, path, body) {
  const answer = await fetch(`${base}${path}`, {
    method,
    cache: 'no-store',
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(reason(text) ?? `the simulator answered ${answer.status}`);
  return text ? JSON.parse(text) : {};
}

function reason(text) {
  try {
    const { error, result } = JSON.parse(text);
    return [error?.message, error, result?.error, result].find((said) => typeof said === 'string');
  } catch {
    return undefined;
  }
}
