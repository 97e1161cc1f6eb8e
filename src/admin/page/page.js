// The admin page: asks for what goes on every few seconds while somebody looks, and does what is confirmed.

import { actions, button, byId, cell, element, fill, span, tag, time } from '/admin/dom.js';
import { names, reasons, refusals, work } from '/admin/words.js';

const everyMs = 5_000;
const token = {
  get: () => sessionStorage.getItem('token') ?? undefined,
  set: (text) => sessionStorage.setItem('token', text),
};

class Refused extends Error {}

async function call(name, body = {}) {
  const headers = { 'content-type': 'application/json', 'x-connector-admin': '1' };
  if (token.get() !== undefined) headers.authorization = `Bearer ${token.get()}`;
  const answer = await fetch(`/admin/${name}`, { method: 'POST', headers, body: JSON.stringify(body) });
  if (answer.status === 401) throw new Refused();
  if (!answer.ok) throw new Error(`The connector answered ${answer.status}.`);
  return answer.json();
}

const nameOf = ({ number, chat }) => number ?? chat;
const chatCell = (seen) => element('td', { className: 'mono id', title: seen.chat, text: nameOf(seen) });

function show(seen) {
  const { at, readiness, live, queued, connected, ended, waiting, givenUp } = seen;
  const checks = Object.entries(readiness.checks).map(([name, condition]) =>
    element('li', {
      text: `${names[name] ?? name} ${condition === 'ok' ? 'works' : 'has trouble'}`,
      className: condition === 'ok' ? '' : 'down',
    }),
  );
  byId('checks').replaceChildren(...checks);
  const atWork = waiting.reduce((sum, { count }) => sum + count, 0);
  const figures = [
    ['wait for an agent', queued],
    ['talk to an agent', connected],
    ['pieces of work wait', atWork],
    ['given up in 7 days', givenUp.length >= 100 ? '100 or more' : givenUp.length],
  ];
  byId('counts').replaceChildren(
    ...figures.map(([what, count]) => element('li', {}, element('strong', { text: String(count) }), what)),
  );
  fill(
    'live',
    live.map((chat) => liveRow(chat, at)),
    'No live chat.',
  );
  fill(
    'ended',
    ended.map((chat) => endedRow(chat, at)),
    'No chat has ended lately.',
  );
  fill(
    'waiting',
    waiting.map(({ type, count, oldestAt }) =>
      element(
        'tr',
        {},
        cell(work[type] ?? type),
        cell(String(count)),
        cell(oldestAt ? `${span(at - oldestAt)} ago` : 'unknown'),
      ),
    ),
    'Nothing waits.',
  );
  fill('given-up', givenUp.map(givenUpRow), 'Nothing was given up.');
  const shown = live.length < queued + connected ? `, ${live.length} of ${queued + connected} live chats` : '';
  byId('fresh').textContent = `as of ${time(at)}${shown}`;
}

function liveRow(chat, at) {
  const phase = chat.phase === 'queued' ? tag('waits for an agent', 'wait') : tag('with an agent', 'good');
  const end = () =>
    confirm({
      title: `End ${nameOf(chat)}?`,
      text: 'The employee is told that the people who run this service have closed the chat, and it is closed in ServiceNow.',
      yes: 'End chat',
      act: () => call('end', { key: chat.key, chat: chat.chat }),
      done: `${nameOf(chat)} was ended.`,
    });
  return element(
    'tr',
    {},
    chatCell(chat),
    phase,
    cell(span(at - chat.openedAt)),
    cell(span(at - chat.since)),
    cell(`${span(at - chat.lastWordAt)} ago`),
    actions(
      button('Trail', () => trail(chat.chat)),
      button('End chat', end, 'danger'),
    ),
  );
}

function endedRow(chat, at) {
  const why = chat.reason ? (reasons[chat.reason] ?? chat.reason) : 'another chat came after it';
  const kind = chat.reason === 'error' || chat.reason === 'employee_unreachable' ? 'bad' : '';
  return element(
    'tr',
    {},
    chatCell(chat),
    cell(`${span(at - chat.endedAt)} ago`),
    kind ? tag(why, kind) : cell(why),
    actions(button('Trail', () => trail(chat.chat))),
  );
}

function givenUpRow(entry) {
  const again = () =>
    confirm({
      title: 'Do it again?',
      text: `${work[entry.type] ?? entry.type}: ${entry.state === 'unknown' ? 'nobody knows whether it happened; a message to the employee is marked as one that may be a repetition.' : 'it did not happen.'}`,
      yes: 'Do it again',
      act: () => call('redrive', { key: entry.key, seq: entry.seq }),
      done: 'It is being done again.',
    });
  const state = entry.redrivenAt
    ? [tag('done again', 'good')]
    : [
        tag(
          `${entry.state === 'unknown' ? 'unknown whether it happened' : 'did not happen'}${entry.detail ? `: ${entry.detail}` : ''}`,
          entry.state === 'unknown' ? 'wait' : 'bad',
        ),
      ];
  const buttons = [
    button('Trail', () => trail(entry.correlation)),
    ...(entry.redrivenAt ? [] : [button('Do again', again)]),
  ];
  return element(
    'tr',
    {},
    cell(time(entry.settledAt)),
    cell(work[entry.type] ?? entry.type),
    ...state,
    cell(String(entry.attempts)),
    actions(...buttons),
  );
}

function confirm({ title, text, yes, act, done }) {
  byId('confirm-title').textContent = title;
  byId('confirm-text').textContent = text;
  byId('confirm-yes').textContent = yes;
  const dialog = byId('confirm');
  dialog.returnValue = 'no';
  dialog.onclose = async () => {
    if (dialog.returnValue !== 'yes') return;
    try {
      const { outcome, reason } = await act();
      toast(outcome === 'refused' ? (refusals[reason] ?? reason) : done);
    } catch (error) {
      toast(error.message);
    }
    void refresh();
  };
  dialog.showModal();
}

let toastTimer;
function toast(text) {
  clearTimeout(toastTimer);
  Object.assign(byId('toast'), { textContent: text, hidden: false });
  toastTimer = setTimeout(() => Object.assign(byId('toast'), { hidden: true }), 6_000);
}

async function trail(id) {
  byId('id').value = id;
  byId('trail-title').scrollIntoView({ behavior: 'smooth' });
  try {
    const { received, effects } = await call('trail', { id });
    byId('trail').hidden = effects.length === 0;
    const turns = received
      .map(({ at }) => `received from Teams at ${time(at)}`)
      .slice(-3)
      .join(', ');
    byId('trail-text').textContent = effects.length + received.length === 0 ? 'Nothing is known of this id.' : turns;
    fill('trail', effects.map(trailRow), '');
  } catch (error) {
    byId('trail-text').textContent = error.message;
  }
}

function trailRow({ type, state, storedAt, settledAt, attempts, detail = '' }) {
  const kinds = { done: 'good', given_up: 'bad', unknown: 'wait' };
  const after = settledAt && storedAt ? span(settledAt - storedAt) : '';
  return element(
    'tr',
    {},
    cell(storedAt ? time(storedAt) : 'unknown'),
    cell(work[type] ?? type),
    tag(state.replace('_', ' '), kinds[state] ?? ''),
    cell(after),
    cell(String(attempts)),
    cell(detail, 'mono id'),
  );
}

async function refresh() {
  try {
    show(await call('overview'));
    byId('login').hidden = true;
    byId('board').hidden = false;
    byId('problem').hidden = true;
  } catch (error) {
    if (error instanceof Refused) return askForToken();
    byId('board').hidden = false;
    Object.assign(byId('problem'), { hidden: false, textContent: `${error.message} What is shown may be old.` });
  }
}

function askForToken() {
  byId('board').hidden = true;
  if (token.get() !== undefined) byId('login-problem').textContent = 'This is not the token.';
  byId('login').hidden = false;
}

byId('login').onsubmit = (event) => {
  event.preventDefault();
  token.set(byId('token').value);
  void refresh();
};
byId('ask').onsubmit = (event) => {
  event.preventDefault();
  void trail(byId('id').value.trim());
};
setInterval(() => {
  if (!document.hidden && byId('login').hidden) void refresh();
}, everyMs);
void refresh();
