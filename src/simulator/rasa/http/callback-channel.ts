import type { Bot } from '../bot/bot';
import { answer } from '../bot/conversation';
import type { Item } from '../dialogue/collector';
import { serverError } from './errors';
import { type Answer, plain, type RasaRequest, rasaJson } from './exchange';
import { readMessage, senderOf } from './rest-channel';

/** How the deliveries of a turn can go wrong. */
export type PushFault = 'duplicated' | 'reordered' | 'concurrent' | 'unauthenticated' | 'array';

type Target = NonNullable<Bot['settings']['callback']>;

/** Answers a message over the callback channel: what the bot says is delivered first, then the call is answered. */
export async function callbackMessage(bot: Bot, request: RasaRequest, fault?: PushFault): Promise<Answer> {
  const read = readMessage(request);
  if ('refusal' in read) return read.refusal;
  const { message } = read.body;
  const text = typeof message === 'string' ? message.trim() : '';
  const held: Item[] = [];
  const output = {
    say: (said: readonly Item[]) => (fault ? keep(held, said) : pushInOrder(bot.settings.callback, said)),
  };
  try {
    const user = { sender: senderOf(read.body), text, channel: 'callback', metadata: undefined };
    const processed = await answer(bot, user, output, request.signal);
    if (fault) await pushWrongly(bot.settings.callback, held, fault);
    return { ...plain(200, 'success'), processed };
  } catch (error) {
    return serverError(500, error instanceof Error ? error.message : String(error));
  }
}

/** Delivers one object after the other. An answer that says no is not minded; no answer at all is an error. */
export async function pushInOrder(target: Target | undefined, said: readonly Item[]): Promise<void> {
  for (const item of said) await push(target, item);
}

async function pushWrongly(target: Target | undefined, said: readonly Item[], fault: PushFault): Promise<void> {
  switch (fault) {
    case 'duplicated':
      return pushInOrder(
        target,
        said.flatMap((item) => [item, item]),
      );
    case 'reordered':
      return pushInOrder(target, said.toReversed());
    case 'concurrent':
      await Promise.all(said.map((item) => push(target, item)));
      return;
    case 'unauthenticated':
      return pushInOrder(target && { url: target.url }, said);
    case 'array':
      return push(target, said);
  }
}

async function push(target: Target | undefined, body: unknown): Promise<void> {
  if (!target) return;
  const headers = { 'content-type': 'application/json', ...target.headers };
  const response = await fetch(target.url, { method: 'POST', headers, body: rasaJson(body) });
  await response.arrayBuffer();
}

async function keep(held: Item[], said: readonly Item[]): Promise<void> {
  held.push(...said);
}
