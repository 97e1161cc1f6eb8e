import type { ChatStatus, Content, Notice } from '../../../src/conversation/content';
import { ApiFailure, type FailureKind } from '../../../src/conversation/failures';
import type { ConversationReference } from '../../../src/conversation/types';
import type { CallContext, Messenger, Recipient } from '../../../src/engine/ports';

export interface Shown {
  readonly user: string;
  readonly text: string;
  readonly content: Content;
  readonly repeat: boolean;
  readonly correlation: string;
}

/** What the employees see. */
export class FakeTeams implements Messenger {
  readonly shown: Shown[] = [];
  /** Changes of messages, in order. */
  readonly updates: { readonly activity: string; readonly status: ChatStatus }[] = [];
  /** Messages that were sent; the rows in them stand in `shown` one by one. */
  messages = 0;
  typings = 0;
  trouble: () =>
    | { readonly how: 'refused'; readonly kind: FailureKind }
    | { readonly how: 'lost_before' | 'lost_after' }
    | undefined = () => undefined;

  /** What one employee sees, as text: notices as [key], repeats with a mark. */
  seenBy(user = 'ana'): string[] {
    return this.shown.filter((one) => one.user === user).map((one) => (one.repeat ? `(again) ${one.text}` : one.text));
  }

  async show(
    to: Recipient,
    content: Content,
    { repeat }: { readonly repeat: boolean },
    context: CallContext,
  ): Promise<string> {
    const trouble = this.trouble();
    if (trouble?.how === 'refused') throw failure(trouble.kind, true);
    if (trouble?.how === 'lost_before') throw failure('unreachable', false);
    const { correlation } = context;
    this.messages += 1;
    for (const one of rowsOf(content))
      this.shown.push({ user: to.user.id, text: textOf(one), content: one, repeat, correlation });
    if (trouble?.how === 'lost_after') throw failure('unreachable', false);
    return `activity-${this.shown.length}`;
  }

  async update(_: Recipient, activity: string, content: Content): Promise<void> {
    const trouble = this.trouble();
    if (trouble?.how === 'refused') throw failure(trouble.kind, true);
    if (trouble) throw failure('unreachable', false);
    if (content.kind === 'status') this.updates.push({ activity, status: content.status });
  }

  async typing(): Promise<void> {
    this.typings += 1;
  }

  async profile(reference: ConversationReference): Promise<{ name?: string; email?: string }> {
    return { email: `${reference.user.id}@contoso.example` };
  }
}

/** What was put together into one message, row by row. */
export function rowsOf(content: Content): Content[] {
  if (content.kind !== 'agent' || !content.parts) return [content];
  const { parts, ...words } = content;
  return parts.map((text) => ({ ...words, text }));
}

/** The messages that a notice names as not delivered, or perhaps not. */
export function namedIn({ texts, unsure = [] }: Extract<Notice, { key: 'not_delivered' }>): readonly string[] {
  return [...texts, ...unsure];
}

function textOf(content: Content): string {
  switch (content.kind) {
    case 'notice':
      return `[${content.notice.key}]`;
    case 'agent':
      return content.text;
    case 'file':
      return content.picture === undefined ? `[offer ${content.file.name}]` : `[picture ${content.file.name}]`;
    case 'transcript':
      return `[offer ${content.file.name}]`;
    case 'handed_file':
      return `[file ${content.file.name}]`;
    case 'status':
      return '[queued]';
    case 'assistant':
      return content.item.text ?? '';
  }
}

function failure(kind: FailureKind, certain: boolean): ApiFailure {
  return new ApiFailure({ upstream: 'teams', kind, certain, message: `fake ${kind}` });
}
