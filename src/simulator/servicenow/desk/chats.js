/** The chat whose conversation is on screen, if any. */
export function selectedChat(state) {
  return state.desk.chats.find((chat) => chat.id === state.selected);
}

/** Those nobody has accepted, the longest waiting first. */
export function waitingChats(state) {
  return state.desk.chats.filter((chat) => chat.state === 'waiting').sort((a, b) => a.openedAt - b.openedAt);
}

/** Those I have accepted and that go on, in the order of acceptance. */
export function myChats(state) {
  return openChats(state).filter((chat) => chat.agent === state.me);
}

/** Those that another agent has accepted. */
export function colleaguesChats(state) {
  return openChats(state).filter((chat) => chat.agent !== state.me);
}

/** Those that are over, the latest first. */
export function endedChats(state) {
  return state.desk.chats.filter(isEnded).sort((a, b) => (b.endedAt ?? 0) - (a.endedAt ?? 0));
}

/** True once nobody can write in the chat any more. */
export function isEnded(chat) {
  return chat.state !== 'waiting' && chat.state !== 'in_progress';
}

/** True while I am the one who answers. */
export function isMine(state, chat) {
  return chat.state === 'in_progress' && chat.agent === state.me;
}

/** How many rows came since I last looked at the chat. */
export function unread(state, chat) {
  return Math.max(0, chat.rows - (state.seen[chat.id] ?? chat.rows));
}

/** The name of a queue; its id while the name is not known. */
export function queueName(state, id) {
  return state.desk.queues.find((queue) => queue.id === id)?.name ?? id;
}

function openChats(state) {
  return state.desk.chats
    .filter((chat) => chat.state === 'in_progress')
    .sort((a, b) => (a.acceptedAt ?? 0) - (b.acceptedAt ?? 0));
}
