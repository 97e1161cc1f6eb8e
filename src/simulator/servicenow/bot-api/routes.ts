import { plan } from '../model/world';
import { type Answer, failure, json } from '../platform/answer';
import type { Call, Handler } from '../platform/call';
import { type Admission, admit } from './admission';
import { carryOut } from './carry-out';
import type { BotConversation } from './records';
import type { BotRequest } from './request';

/** The Virtual Agent Bot Integration API. */
export const botRoutes: Readonly<Record<string, Handler>> = {
  'POST /bot/integration': (call) => {
    call.world.state.bot.origin = `http://${call.incoming.headers.host ?? '127.0.0.1'}`;
    const admission = admit(call);
    return later(call, admission.outcome === 'taken' ? taken(call, admission) : passedOver(call, admission));
  },
};

function later(call: Call, answer: Answer): Answer {
  return { ...answer, delayMs: call.world.state.config.ackDelayMs };
}

/** It is answered first, and done afterwards. */
function taken(call: Call, { conversation, request }: Extract<Admission, { outcome: 'taken' }>): Answer {
  const { world } = call;
  call.effects.push(conversation.id);
  if (request.action === 'UPDATE_MESSAGES') return updated(call, conversation, request);
  const { botDelayMs } = world.state.config;
  const twice = call.fault.doubleEffect !== undefined;
  const what = { kind: 'answer', conversation: conversation.id, request, twice } as const;
  call.afterwards.push(() => {
    if (botDelayMs > 0) plan(world, { id: conversation.id }, botDelayMs, { kind: 'bot', what });
    else carryOut(world, { conversation, request, twice });
  });
  return json(200, { status: 'success' });
}

/** The client is told of success all the same, unless a switch says otherwise. */
function passedOver({ world }: Call, { outcome }: Admission): Answer {
  if (world.state.config.strict400 && outcome === 'no_proof') return failure(400, 'Invalid token or signature');
  if (world.state.config.strict400 && outcome === 'malformed') return failure(400, 'Invalid request body');
  return json(200, { status: 'success' });
}

/** Receipts and new texts of single messages, where the instance keeps such records of third parties. */
function updated({ world }: Call, conversation: BotConversation, { message }: BotRequest): Answer {
  if (!world.state.config.thirdPartyChat) return failure(400, 'UPDATE_MESSAGES is not supported');
  for (const { id, status, text } of Array.isArray(message) ? message : [])
    if (id !== undefined)
      conversation.receipts[id] = {
        ...(status === undefined ? {} : { status }),
        ...(text === undefined ? {} : { text }),
      };
  world.changed(conversation.chat);
  const headers = { 'content-type': 'text/plain;charset=UTF-8' };
  return { status: 200, headers, body: 'Message Processed Successfully' };
}
