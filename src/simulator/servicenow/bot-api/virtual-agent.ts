import { newId, type World } from '../model/world';
import { type Admitted, handOver } from './handover';
import { action, outputText, topics } from './items';
import { tell } from './outbox';
import type { BotConversation, Item } from './records';
import { textOf } from './request';
import { keepLine } from './transcript';

/** Words that lead to an agent. */
const forAgent = /^(talk to )?(a )?(live )?agent( support)?\.?$/i;

/** The Virtual Agent begins; words for an agent lead to one at once. */
export function greet(world: World, admitted: Admitted): void {
  const { conversation, request } = admitted;
  const { id, interactionId } = conversation;
  const begun = action('StartConversation', { conversationId: id, interactionId, messageId: newId(world) });
  if (forAgent.test(textOf(request).trim())) {
    handOver(world, admitted, [begun]);
    return;
  }
  const words = outputText(world.state.config.greetingWording, newId(world));
  say(world, admitted, [begun, words]);
}

/** What the Virtual Agent answers: it knows one topic, which is to fetch an agent. */
export function answerAsBot(world: World, admitted: Admitted): void {
  const text = textOf(admitted.request);
  if (forAgent.test(text.trim())) {
    handOver(world, admitted);
    return;
  }
  offerTopics(world, admitted);
}

/** It did not understand, and offers what it knows. */
export function offerTopics(world: World, admitted: Admitted): void {
  say(world, admitted, [topics(newId(world), world.state.config.notUnderstoodWording)]);
}

function say(world: World, { conversation, request }: Admitted, items: readonly Item[]): void {
  const text = textOf(request);
  if (text) keepLine(world, conversation, { author: 'requester', text });
  for (const item of items) keepAnswer(world, conversation, item);
  tell(world, conversation, items, { answers: request, score: 1 });
}

function keepAnswer(world: World, conversation: BotConversation, { value, label }: Item): void {
  const text = value ?? label;
  if (typeof text === 'string') keepLine(world, conversation, { author: 'system', text });
}
