import { queueName } from './chats.js';
import { openDialog } from './dialog.js';
import { byId, element } from './dom.js';

/** The dialog that hands the chat on screen to another agent or back to a queue. Answers the function that opens it. */
export function mountTransfer(store, actions) {
  const dialog = byId('transfer-dialog');
  const form = byId('transfer-form');
  let chat;

  function open() {
    chat = actions.current();
    if (!chat) return;
    offer(store.get(), chat);
    openDialog(dialog);
  }
  form.addEventListener('submit', () => {
    const chosen = form.querySelector('input:checked');
    if (chosen) actions.transfer(chat.id, { [chosen.dataset.target]: chosen.value });
  });
  byId('transfer').addEventListener('click', open);
  return open;
}

function offer(state, chat) {
  const agents = state.desk.agents.filter((agent) => agent.userName !== chat.agent);
  fillGroup('transfer-agents', 'agent', agents, (agent) => ({
    value: agent.userName,
    label: agent.available ? agent.name : `${agent.name} (away)`,
  }));
  fillGroup('transfer-queues', 'queue', state.desk.queues, (queue) => ({
    value: queue.id,
    label: `${queueName(state, queue.id)}${queue.open ? '' : ' (closed)'}`,
  }));
  const first = byId('transfer-form').querySelector('input');
  if (first) first.checked = true;
}

function fillGroup(id, target, items, describe) {
  const group = byId(id);
  group.hidden = items.length === 0;
  const choices = items.map((item) => {
    const { value, label } = describe(item);
    const input = element('input', { type: 'radio', name: 'target', value, 'data-target': target });
    return element('label', { className: 'choice' }, [input, element('strong', { text: label })]);
  });
  group.replaceChildren(group.firstElementChild, ...choices);
}
