import { createHmac } from 'node:crypto';
import type { Chat, Row } from './model/state';
import { now, type OutgoingMessage, platformNow, type World } from './model/world';
import { messageJson } from './platform/json';

const timeoutMs = 8_000;

/** One attempt to tell somebody of a new row, and what came of it. */
export interface PushAttempt {
  /** Simulator time of the attempt. */
  readonly at: number;
  readonly chat: string;
  readonly row: string;
  /** Counts from 1 for each row. */
  readonly attempt: number;
  /** Null when no answer came. */
  readonly status: number | null;
  readonly tookMs: number;
}

/** What a message tells of. */
export interface PushSubject {
  readonly chat: string;
  readonly row: string;
}

/** The business rule that tells of rows which the requester did not write, where the switch `push` names an address. */
export interface Push {
  rowWritten(world: World, chat: Chat, row: Row): void;
  /** Sends what the instance says by itself, as often as the switch `push` lets it try. */
  send(world: World, about: PushSubject, message: OutgoingMessage): void;
  attempts(): PushAttempt[];
  clear(): void;
  stop(): void;
}

export function makePush(): Push {
  const stopped = new AbortController();
  let attempts: PushAttempt[] = [];
  const tryAll = async (world: World, { chat, row }: PushSubject, message: Message) => {
    for (let attempt = 1; attempt <= message.tries; attempt += 1) {
      const at = now(world);
      const started = performance.now();
      const status = await post(message, stopped.signal);
      if (stopped.signal.aborted) return;
      const tookMs = Math.round(performance.now() - started);
      attempts.push({ at, chat, row, attempt, status, tookMs });
      if (status !== null && status < 300) return;
    }
  };
  const begin = (world: World, about: PushSubject, message: Message) => {
    tryAll(world, about, message).catch((error: unknown) => console.error(error));
  };
  return {
    rowWritten: (world, chat, row) => {
      const message = row.userId === chat.requesterId ? undefined : messageFor(world, chat, row);
      if (message) begin(world, { chat: chat.id, row: row.id }, message);
    },
    send: (world, about, message) => {
      begin(world, about, { ...message, tries: 1 + (world.state.config.push?.retries ?? 0) });
    },
    attempts: () => [...attempts],
    clear: () => {
      attempts = [];
    },
    stop: () => stopped.abort(),
  };
}

interface Message extends OutgoingMessage {
  readonly tries: number;
}

function messageFor(world: World, chat: Chat, row: Row): Message | undefined {
  const { push } = world.state.config;
  if (!push) return undefined;
  const { group, sys_id, created_by, created_on, formatted_message } = messageJson(world, chat, row);
  const body = JSON.stringify({ eventId: sys_id, group, sys_id, created_by, created_on, formatted_message });
  const seconds = Math.floor(platformNow(world) / 1000);
  const headers = { 'content-type': 'application/json', ...proof(push.secret, row.id, seconds, body) };
  return { url: push.url, headers, body, tries: 1 + (push.retries ?? 0) };
}

/** A signature (Standard Webhooks) for a secret of that kind, else the secret itself. */
function proof(secret: string, id: string, seconds: number, body: string): Record<string, string> {
  if (!secret.startsWith('whsec_')) return { 'x-callback-secret': secret };
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': String(seconds), 'webhook-signature': `v1,${signature}` };
}

async function post({ url, headers, body }: Message, stopped: AbortSignal): Promise<number | null> {
  const signal = AbortSignal.any([stopped, AbortSignal.timeout(timeoutMs)]);
  try {
    const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return null;
  }
}
