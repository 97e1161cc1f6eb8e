import { mountAttachments } from './attachments.js';
import { byId } from './dom.js';

/** Where I write. What is begun in one chat, and whether it is a work note, stays with that chat. */
export function mountComposer(store, actions) {
  const form = byId('composer');
  const text = byId('text');
  const attachments = mountAttachments(form);
  const drafts = new Map();
  let chat = null;

  function showMode() {
    const note = form.elements.mode.value === 'note';
    form.classList.toggle('writing-note', note);
    byId('note-warning').hidden = !note;
    byId('send').textContent = note ? 'Add note' : 'Send';
    text.setAttribute('aria-label', note ? 'Work note, not visible to the employee' : 'Reply');
    text.placeholder = note ? 'A note for colleagues' : 'Write to the employee';
  }

  function write(value, mode = form.elements.mode.value, files = attachments.get()) {
    text.value = value;
    attachments.set(files);
    form.elements.mode.value = mode;
    showMode();
    grow(text);
  }

  async function send() {
    const to = chat;
    const words = text.value.trim();
    const mode = form.elements.mode.value;
    const files = attachments.get();
    if ((!words && files.length === 0) || to === null || !actions.current()) return;
    write('', mode, []);
    if (await actions.say(to, words, mode === 'note', files)) return;
    // Given back to be sent again, unless something else has been begun.
    if (chat !== to) drafts.set(to, isBegun(drafts.get(to)) ? drafts.get(to) : { words, mode, files });
    else if (!isBegun({ words: text.value, files: attachments.get() })) write(words, mode, files);
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send();
  });
  form.addEventListener('change', showMode);
  text.addEventListener('input', () => grow(text));
  text.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.altKey) return;
    event.preventDefault();
    void send();
  });
  store.subscribe((state) => {
    if (state.selected === chat) return;
    drafts.set(chat, { words: text.value, mode: form.elements.mode.value, files: attachments.get() });
    chat = state.selected;
    const { words = '', mode = 'reply', files = [] } = drafts.get(chat) ?? {};
    write(words, mode, files);
  });

  return {
    focus: () => !form.hidden && text.focus(),
    toggleNote: () => {
      write(text.value, form.elements.mode.value === 'note' ? 'reply' : 'note');
      text.focus();
    },
    insert: (words) => {
      text.focus();
      text.setRangeText(words, text.selectionStart, text.selectionEnd, 'end');
      grow(text);
    },
  };
}

function isBegun(draft) {
  return Boolean(draft && (draft.words || draft.files.length > 0));
}

function grow(text) {
  text.style.height = 'auto';
  text.style.height = `${text.scrollHeight + 2}px`;
}
