import { byId, element } from './dom.js';
import { fileSize } from './format.js';

/** The files that I chose for what I am writing: by the button, dropped onto the composer, or pasted. */
export function mountAttachments(form) {
  const input = byId('files');
  const list = byId('chosen-files');
  let chosen = [];

  function set(files) {
    chosen = files;
    list.replaceChildren(...files.map(chip));
    list.hidden = files.length === 0;
  }

  function chip(file) {
    const remove = element('button', { type: 'button', text: '×', 'aria-label': `Do not send ${file.name}` });
    remove.addEventListener('click', () => {
      set(chosen.filter((other) => other !== file));
      byId('attach').focus();
    });
    return element('li', {}, [
      element('span', { className: 'file-name', text: file.name }),
      element('span', { className: 'file-size', text: fileSize(file.size) }),
      remove,
    ]);
  }

  function add(transfer, event) {
    const files = [...(transfer?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    set([...chosen, ...files]);
  }

  byId('attach').addEventListener('click', () => input.click());
  input.addEventListener('change', () => {
    set([...chosen, ...input.files]);
    input.value = '';
  });
  form.addEventListener('dragover', (event) => event.preventDefault());
  form.addEventListener('drop', (event) => add(event.dataTransfer, event));
  form.addEventListener('paste', (event) => add(event.clipboardData, event));
  return { get: () => chosen, set };
}

/** The files as the simulator takes them. */
export function asAttachments(files) {
  return Promise.all(
    files.map(async (file) => ({
      name: file.name,
      contentType: file.type || 'application/octet-stream',
      sizeBytes: file.size,
      content: await base64Of(file),
    })),
  );
}

/** What the platform's own client writes for files that come without words. */
export function captionOf(files) {
  return files.map((file) => `File: ${file.name}`).join('\n');
}

function base64Of(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(reader.result.split(',')[1] ?? ''));
    reader.addEventListener('error', () => reject(new Error(`${file.name} cannot be read`)));
    reader.readAsDataURL(file);
  });
}
