import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Answer } from '../platform/answer';
import { failure } from '../platform/answer';

const folder = path.join(__dirname, '..', 'desk');

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/** A file of the agent desk page; the page itself for an empty name. */
export async function consoleFile(name: string): Promise<Answer & { readonly bytes?: Buffer }> {
  const file = name === '' ? 'desk.html' : name;
  const type = types[path.extname(file)];
  if (!/^[\w.-]+$/.test(file) || type === undefined) return failure(404, 'There is no such file');
  try {
    const headers = { 'content-type': type, 'cache-control': 'no-store' };
    return { status: 200, headers, body: '', bytes: await readFile(path.join(folder, file)) };
  } catch {
    return failure(404, 'There is no such file');
  }
}
