import { openDialog } from './dialog.js';
import { byId, element } from './dom.js';

/** The dialog that ends the chat on screen, with the closing text of one's choice. Answers the function that opens it. */
export function mountClosing(store, actions) {
  const dialog = byId('close-dialog');
  const form = byId('close-form');
  let chat;

  function open() {
    chat = actions.current();
    if (!chat) return;
    offer(store.get().desk.closings);
    openDialog(dialog);
  }
  form.addEventListener('submit', () => {
    const wording = form.elements.wording?.value;
    actions.close(chat.id, { wording, textInThread: byId('close-in-thread').checked });
  });
  byId('close').addEventListener('click', open);
  return open;
}

function offer(closings) {
  const group = byId('close-wordings');
  const choices = closings.map(({ id, label }, index) => {
    const input = element('input', { type: 'radio', name: 'wording', value: id });
    input.checked = index === 0;
    return element('label', { className: 'choice' }, [input, element('strong', { text: label })]);
  });
  group.hidden = closings.length === 0;
  group.replaceChildren(group.firstElementChild, ...choices);
}
