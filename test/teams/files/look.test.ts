import type { FileId, FileRef } from '../../../src/conversation/types';
import { fileLimits } from '../../../src/teams/files/limits';
import { lookAt } from '../../../src/teams/files/look';
import { endingOf, safeName } from '../../../src/teams/files/names';

const file = (name: string, type?: string): FileRef => ({
  id: 'f' as FileId,
  name,
  source: { at: 'download', url: 'https://contoso.sharepoint.com/a' },
  ...(type === undefined ? {} : { type }),
});
const latin = (text: string) => Buffer.from(text, 'latin1');
const look = (name: string, content: string | Buffer, type?: string) =>
  lookAt(file(name, type), typeof content === 'string' ? latin(content) : content, fileLimits);

const png = '\x89PNG\r\n\x1a\n...';
const zip = 'PK\x03\x04...';

test.each([
  ['a.png', png, 'image/png'],
  ['photo.JPG', '\xff\xd8\xff\xe0...', 'image/jpeg'],
  ['a.gif', 'GIF89a...', 'image/gif'],
  ['wrong-but-a-picture.jpg', png, 'image/png'],
  ['a.pdf', '%PDF-1.7', 'application/pdf'],
  ['a.docx', zip, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  [
    'protected.docx',
    '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ],
  ['a.zip', zip, 'application/zip'],
  ['a.txt', 'words', 'text/plain'],
  ['wide.txt', '\xff\xfew\0o\0r\0d\0s\0', 'text/plain'],
  ['a.csv', 'a;b', 'text/csv'],
  ['page.html', '<html>', 'application/octet-stream'],
  ['drawing.svg', '<svg>', 'application/octet-stream'],
  ['a.mp4', '\0\0\0\x18ftypisom', 'video/mp4'],
  ['unknown.xyz', '\0\x01\x02', 'application/octet-stream'],
  ['no ending', 'words', 'application/octet-stream'],
])('%s is what its bytes say', (name, content, type) => {
  expect(look(name, content)).toMatchObject({ name, type });
});

test.each([
  ['a.png', '%PDF-1.7'],
  ['a.pdf', png],
  ['a.docx', 'words'],
  ['a.txt', png],
  ['a.txt', 'wor\0ds'],
  ['a.jpg', '<html><script>'],
  ['a.mp4', zip],
])('%s does not say what its bytes are', (name, content) => {
  expect(look(name, content)).toBe('not_what_it_says');
});

test('a claimed picture that is none is refused, whatever its name', () => {
  expect(look('image', 'words', 'image/*')).toBe('not_what_it_says');
  expect(look('image', '%PDF-1.7', 'image/png')).toBe('not_what_it_says');
});

test.each([
  ['setup.exe', 'anything'],
  ['SETUP.EXE', 'anything'],
  ['run.ps1', 'text'],
  ['macro.js', 'text'],
  ['shortcut.lnk', 'x'],
  ['holiday.png', 'MZ\x90\0'],
  ['report.pdf', '\x7fELF'],
  ['notes.txt', '#!/bin/sh\nrm'],
  ['no ending', 'MZ\x90\0'],
])('%s is dangerous', (name, content) => {
  expect(look(name, content)).toBe('dangerous');
});

test('nothing and too much are refused', () => {
  expect(look('a.txt', '')).toBe('empty');
  expect(look('a.txt', Buffer.alloc(25_000_001, 'x'))).toBe('too_large');
  expect(look('a.txt', Buffer.alloc(25_000_000, 'x'))).toMatchObject({ size: 25_000_000 });
});

test('the hash is the one of the bytes', () => {
  expect(look('a.txt', 'abc')).toMatchObject({
    hash: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  });
});

test.each([
  ['plan.xlsx', 'plan.xlsx'],
  ['C:\\Users\\ana\\plan.xlsx', 'plan.xlsx'],
  ['../../etc/passwd', 'passwd'],
  ['photo\u202egnp.exe', 'photognp.exe'],
  ['zero\u200bwidth.txt', 'zerowidth.txt'],
  ['line\nbreak.txt', 'linebreak.txt'],
  ['a<b>:"c|?*.txt', 'a_b___c___.txt'],
  ['..', 'file'],
  ['', 'file'],
  ['  .hidden  ', 'hidden'],
  ['Prüfung 检查.png', 'Prüfung 检查.png'],
])('%j is stored as %j', (name, safe) => {
  expect(safeName(name)).toBe(safe);
});

test('a long name keeps its ending', () => {
  const safe = safeName(`${'long '.repeat(100)}.docx`);
  expect([...safe].length).toBeLessThanOrEqual(120);
  expect(safe).toMatch(/^long long .*…\.docx$/);
  expect(endingOf(safe)).toBe('docx');
});
