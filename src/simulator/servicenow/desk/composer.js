import { byId } from './dom.js';

/** Where I write. What is begun in one chat, and whether it is a work note, stays with that chat. */
export function mountComposer(store, actions) {
  const form = byId('composer');
  const text = byId('text');
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

  function write(value, mode = form.elements.mode.value) {
    text.value = value;
    form.elements.mode.value = mode;
    showMode();
    grow(text);
  }

  async function send() {
    const to = chat;
    const words = text.value.trim();
    const mode = form.elements.mode.value;
    if (!words || to === null || !actions.current()) return;
    write('');
    if (await actions.say(to, words, mode === 'note')) return;
    // Given back to be sent again, unless something else has been begun.
    if (chat !== to) drafts.set(to, drafts.get(to)?.words ? drafts.get(to) : { words, mode });
    else if (!text.value) write(words, mode);
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
    drafts.set(chat, { words: text.value, mode: form.elements.mode.value });
    chat = state.selected;
    write(drafts.get(chat)?.words ?? '', drafts.get(chat)?.mode ?? 'reply');
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

function grow(text) {
  text.style.height = 'auto';
  text.style.height = `${text.scrollHeight + 2}px`;
}
