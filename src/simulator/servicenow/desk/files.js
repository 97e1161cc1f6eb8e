import { fileUrl } from './api.js';
import { element, keyed } from './dom.js';
import { fileSize } from './format.js';

const pictures = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/** The files of a message: pictures as such, and each one to be opened. */
export function showFiles(list, files) {
  list.hidden = files.length === 0;
  keyed(list, files, { key: (file) => file.id, create: createFile, update: () => {} });
}

/** The words of a message less the lines that only name its files. */
export function wordsOf({ text, files }) {
  const captions = new Set(files.map((file) => `File: ${file.name}`));
  const lines = text.split('\n');
  return lines.filter((line) => !captions.has(line.trim())).join('\n');
}

function createFile(file) {
  const link = element('a', { href: fileUrl(file.id), download: file.name });
  if (pictures.has(file.contentType)) link.append(element('img', { src: fileUrl(file.id), alt: '' }));
  link.append(
    element('span', { className: 'file-name', text: file.name }),
    element('span', { className: 'file-size', text: fileSize(file.sizeBytes) }),
  );
  return element('li', {}, [link]);
}
