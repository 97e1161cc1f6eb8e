import { isEnded, isMine, queueName, selectedChat } from './chats.js';
import { byId, element, setText } from './dom.js';
import { clockTime, elapsed, ending, initials } from './format.js';

/** The head of the conversation on screen, and what stands in the composer's place when one cannot write. */
export function mountConversation(store, actions) {
  byId('accept-this').addEventListener('click', () => actions.accept(store.get().selected));
  store.subscribe((state) => {
    const chat = selectedChat(state);
    byId('welcome').hidden = Boolean(chat);
    byId('chat').hidden = !chat;
    if (chat) show(state, chat);
  });
}

function show(state, chat) {
  const mine = isMine(state, chat);
  setText(byId('chat-name'), chat.requester);
  setText(byId('chat-avatar'), initials(chat.requester));
  setText(byId('chat-facts'), facts(state, chat).join(' · '));
  byId('chat-actions').hidden = !mine;
  byId('composer').hidden = !mine;
  byId('standing').hidden = mine;
  byId('accept-this').hidden = chat.state !== 'waiting';
  if (!mine) showStanding(chat);
}

function facts(state, chat) {
  const waited = chat.acceptedAt && chat.openedAt ? [`waited ${elapsed(chat.acceptedAt - chat.openedAt)}`] : [];
  const agent = isMine(state, chat) ? ['with you'] : chat.agentName ? [`with ${chat.agentName}`] : [];
  const typing = chat.typing ? ['is typing'] : [];
  return [chat.number, queueName(state, chat.queueId), ...waited, ...(isEnded(chat) ? [] : agent), ...typing];
}

function showStanding(chat) {
  const text = byId('standing-text');
  if (chat.state === 'waiting') {
    text.replaceChildren('Waiting for ', element('strong', { 'data-since': String(chat.openedAt) }), '.');
  } else if (isEnded(chat)) {
    setText(
      text,
      `${ending(chat)}${chat.endedAt ? ` at ${clockTime(chat.endedAt)}` : ''}. Nobody can write here any more.`,
    );
  } else {
    setText(text, `${chat.agentName ?? chat.agent} answers in this chat. To answer yourself, choose that agent above.`);
  }
}
