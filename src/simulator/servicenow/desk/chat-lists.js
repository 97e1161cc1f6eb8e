import { colleaguesChats, endedChats, myChats, queueName, unread, waitingChats } from './chats.js';
import { byId, element, keyed, setText } from './dom.js';
import { clockTime, ending, initials } from './format.js';

/** The lists on the left: who waits, my chats, my colleagues' chats, those that are over. */
export function mountChatLists(store, actions) {
  byId('accept-next').addEventListener('click', () => actions.acceptNext());
  store.subscribe((state) => {
    const waiting = waitingChats(state);
    const colleagues = colleaguesChats(state);
    byId('accept-next').disabled = waiting.length === 0 || state.me === null;
    fill('waiting', waiting, state, actions, waitingCard);
    fill('mine', myChats(state), state, actions, mineCard);
    fill('colleagues', colleagues, state, actions, colleagueCard);
    fill('ended', endedChats(state), state, actions, endedCard);
    byId('colleagues-fold').hidden = colleagues.length === 0;
    showQueues(state);
  });
}

function fill(list, chats, state, actions, show) {
  setText(byId(`${list}-count`), String(chats.length));
  const empty = document.getElementById(`${list}-empty`);
  if (empty) empty.hidden = chats.length > 0;
  keyed(byId(list), chats, {
    key: (chat) => chat.id,
    create: (chat) =>
      createCard(chat, list === 'waiting' && (() => actions.accept(chat.id)), () => actions.select(chat.id)),
    update: (card, chat) => {
      if (chat.id === state.selected) card.open.setAttribute('aria-current', 'true');
      else card.open.removeAttribute('aria-current');
      setText(card.name, chat.requester);
      setText(card.avatar, initials(chat.requester));
      show(card, chat, state);
    },
  });
}

function createCard(chat, onAccept, onOpen) {
  const parts = {
    avatar: element('span', { className: 'avatar', 'aria-hidden': 'true' }),
    name: element('span', { className: 'card-name' }),
    side: element('span', { className: 'card-side' }),
    line: element('span', { className: 'card-line' }),
    facts: element('span', { className: 'card-facts' }),
    badge: element('span', { className: 'badge' }),
  };
  const top = element('span', { className: 'card-top' }, [parts.name, parts.badge, parts.side]);
  const words = element('span', { className: 'card-words' }, [top, parts.line, parts.facts]);
  const open = element('button', { type: 'button', className: 'card-open' }, [parts.avatar, words]);
  open.addEventListener('click', onOpen);
  const card = element('li', { className: 'card', 'data-chat': chat.id }, [open]);
  if (onAccept) {
    const label = {
      type: 'button',
      className: 'secondary small',
      text: 'Accept',
      'aria-label': `Accept ${chat.requester}`,
    };
    const accept = element('button', label);
    accept.addEventListener('click', onAccept);
    card.append(accept);
  }
  return Object.assign(card, parts, { open });
}

function waitingCard(card, chat, state) {
  card.side.dataset.since = String(chat.openedAt);
  card.side.title = 'Waiting time';
  setText(card.line, chat.shortDescription || chat.lastText || '');
  setText(card.facts, [chat.number, queueName(state, chat.queueId)].join(' · '));
}

function mineCard(card, chat, state) {
  const count = unread(state, chat);
  card.classList.toggle('unread', count > 0);
  setText(card.badge, count > 0 ? `${count} new` : '');
  setText(card.side, chat.lastAt ? clockTime(chat.lastAt) : '');
  setText(card.line, chat.lastText ?? chat.shortDescription ?? '');
  setText(card.facts, chat.number);
}

function colleagueCard(card, chat) {
  setText(card.side, chat.lastAt ? clockTime(chat.lastAt) : '');
  setText(card.line, chat.shortDescription ?? '');
  setText(card.facts, `${chat.number} · with ${chat.agentName ?? chat.agent}`);
}

function endedCard(card, chat) {
  card.classList.add('over');
  setText(card.side, chat.endedAt ? clockTime(chat.endedAt) : '');
  setText(card.line, ending(chat));
  setText(card.facts, chat.number);
}

function showQueues(state) {
  keyed(byId('queues'), state.desk.queues, {
    key: (queue) => queue.id,
    create: () => element('li'),
    update: (item, queue) => {
      item.classList.toggle('shut', !queue.open);
      setText(item, `${queue.name}: ${queue.open ? `${queue.waiting} waiting` : 'closed'}`);
    },
  });
}
