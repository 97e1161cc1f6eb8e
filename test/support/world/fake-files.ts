import { createHash } from 'node:crypto';
import { ApiFailure, type FailureKind } from '../../../src/conversation/failures';
import type { FileRefusal } from '../../../src/conversation/file-refusal';
import type { FileTarget } from '../../../src/conversation/file-target';
import type { AgentFile, FileId, FileRef, RowId, StoredFile } from '../../../src/conversation/types';
import type { AttachRequest, FetchedFile, FileDesk, FileShare } from '../../../src/engine/ports';
import type { FakeServiceNow, Trouble } from './fake-servicenow';

type Call = 'fetch' | 'attach' | 'find' | 'download' | 'put';

/** Where files come from and go to: what employees put there can be fetched, and what is attached stands in the chat's thread. */
export class FakeFiles implements FileShare, FileDesk {
  readonly calls: Call[] = [];
  /** What lies where the employee allowed it, by its upload address. */
  readonly handed = new Map<string, string>();
  /** Upload addresses that exist no more. */
  readonly closed = new Set<string>();
  readonly attached: { readonly row: RowId; readonly name: string; readonly bytes: string }[] = [];
  trouble: (call: Call) => Trouble | undefined = () => undefined;
  /** Holds the bytes back until the returned promise resolves. */
  sending: () => Promise<void> = async () => {};
  private readonly there = new Map<string, string | FileRefusal>();
  private readonly refusals = new Set<string>();
  private readonly agents = new Map<string, Uint8Array>();
  private ids = 0;

  constructor(private readonly serviceNow: FakeServiceNow) {}

  /** The employee has a file; what its bytes are, or why it cannot be fetched. */
  has(name: string, content: string | { readonly refused: FileRefusal }, link?: string): FileRef {
    this.ids += 1;
    const url = `https://contoso.sharepoint.com/${this.ids}`;
    this.there.set(url, typeof content === 'string' ? content : content.refused);
    if (typeof content !== 'string') this.refusals.add(url);
    const id = `f${this.ids}` as FileId;
    return { id, name, source: { at: 'download', url }, ...(link === undefined ? {} : { link }) };
  }

  /** An agent has a file to send. */
  ofAgent(name: string, content: string | Buffer, type: string): AgentFile {
    this.ids += 1;
    const id = `a${this.ids}`;
    const bytes = Buffer.from(content);
    this.agents.set(id, bytes);
    return { id, name, type, size: bytes.byteLength };
  }

  /** Their addresses are dead from now on. */
  expire(): void {
    for (const url of this.there.keys()) {
      this.there.set(url, 'expired');
      this.refusals.add(url);
    }
  }

  // ---- FileShare

  async fetch(file: FileRef): Promise<FetchedFile | FileRefusal> {
    this.calls.push('fetch');
    const trouble = this.trouble('fetch');
    if (trouble?.how === 'refused') throw failure(trouble.kind, true);
    if (trouble) throw failure('unreachable', false);
    await this.sending();
    const { url } = file.source;
    const content = this.there.get(url) ?? 'expired';
    if (this.refusals.has(url)) return content as FileRefusal;
    const bytes = new TextEncoder().encode(content);
    return { bytes, stored: this.look(file, bytes) };
  }

  look({ name }: FileRef, bytes: Uint8Array): StoredFile {
    const hash = createHash('sha256').update(bytes).digest('hex');
    return { name, type: 'text/plain', size: bytes.byteLength, hash };
  }

  async put({ uploadUrl }: FileTarget, bytes: Uint8Array): Promise<'put' | 'gone'> {
    this.calls.push('put');
    const trouble = this.trouble('put');
    if (trouble?.how === 'refused') throw failure(trouble.kind, true);
    if (trouble?.how === 'lost_before') throw failure('unreachable', false);
    if (this.closed.has(uploadUrl)) return 'gone';
    this.handed.set(uploadUrl, new TextDecoder().decode(bytes));
    this.closed.add(uploadUrl);
    if (trouble?.how === 'lost_after') throw failure('unreachable', false);
    return 'put';
  }

  // ---- FileDesk

  async download({ id }: AgentFile, mostBytes: number): Promise<Uint8Array> {
    this.calls.push('download');
    const trouble = this.trouble('download');
    if (trouble?.how === 'refused') throw failure(trouble.kind, true);
    if (trouble) throw failure('unreachable', false);
    const bytes = this.agents.get(id);
    if (!bytes) throw failure('not_found', true);
    if (bytes.byteLength > mostBytes) throw failure('too_large', true);
    return bytes;
  }

  async attach({ chat, file }: AttachRequest, bytes: Uint8Array): Promise<RowId> {
    this.calls.push('attach');
    const trouble = this.trouble('attach');
    if (trouble?.how === 'refused') throw failure(trouble.kind, true);
    if (trouble?.how === 'lost_before') throw failure('unreachable', false);
    const found = this.serviceNow.chats.find((other) => other.live.id === chat.id);
    if (!found || found.state === 'ended') throw failure('refused', true);
    this.ids += 1;
    const row = `b${this.ids.toString(16).padStart(31, '0')}` as RowId;
    const { name } = file.stored;
    this.attached.push({ row, name, bytes: new TextDecoder().decode(bytes) });
    found.rows.push({ id: row, at: this.serviceNow.now(), author: 'self', text: `File: ${name}`, workNote: false });
    if (trouble?.how === 'lost_after') throw failure('unreachable', false);
    return row;
  }

  async findAttached({ file }: AttachRequest, bound: readonly RowId[]): Promise<RowId | undefined> {
    this.calls.push('find');
    const trouble = this.trouble('find');
    if (trouble) throw failure('unreachable', true);
    return this.attached.find(({ row, name }) => name === file.stored.name && !bound.includes(row))?.row;
  }
}

function failure(kind: FailureKind, certain: boolean): ApiFailure {
  return new ApiFailure({ upstream: 'servicenow', kind, certain, message: `fake ${kind}` });
}
