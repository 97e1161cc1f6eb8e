import { z } from 'zod';
import type { AssistantItem } from '../conversation/content';
import { ApiFailure } from '../conversation/failures';
import { readJson } from '../upstream/answers';
import type { Answer } from '../upstream/call';

/** Data nested deeper than this is nobody's card, and too deep to be written again as JSON. */
const deepest = 32;

/** An object of unknown keys, as bot authors send them. */
export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const shallow = z.unknown().refine((value) => isShallow(value, deepest));
const words = z
  .union([z.string(), z.number().transform(String)])
  .optional()
  .catch(undefined);
const fields = shallow.refine(isFields).optional().catch(undefined);
const buttons = z
  .array(z.unknown())
  .transform((all) => all.filter((one): one is Fields => isFields(one) && isShallow(one, deepest)))
  .optional()
  .catch(undefined);

const itemShape = z.object({
  text: words,
  image: words,
  buttons,
  attachment: shallow.optional().catch(undefined),
  custom: fields,
});

const messagesShape = z.looseObject({ messages: z.array(z.unknown()).catch([]) });
const replyShape = z.union([z.array(z.unknown()), z.looseObject({})]);

/** The messages in an answer of the REST channel, in order. What is no message is left out; keys that are unknown are too. */
export function readReply(answer: Answer): AssistantItem[] {
  const reply = readJson('rasa', answer, replyShape, 'turn');
  if (Array.isArray(reply)) return reply.flatMap(readItem);
  const only = readItem(reply);
  if (only.length > 0) return only;
  const message = `rasa: turn was answered ${answer.status} with an object that is no message`;
  throw new ApiFailure({ upstream: 'rasa', kind: 'malformed', certain: false, message, status: answer.status });
}

/** The messages that an answer of the HTTP API carries beside the tracker. */
export function readMessages(answer: Answer): AssistantItem[] {
  return readJson('rasa', answer, messagesShape, 'intent').messages.flatMap(readItem);
}

/** One message, of which only what can be used is left; none when nothing is. */
export function readItem(value: unknown): AssistantItem[] {
  if (!isFields(value)) return [];
  const { text, image, buttons, attachment, custom } = itemShape.parse({ ...value });
  const item = {
    ...(text?.trim() ? { text } : {}),
    ...(image?.trim() ? { image } : {}),
    ...(buttons && buttons.length > 0 ? { buttons } : {}),
    ...(attachment === undefined || attachment === null || attachment === '' ? {} : { attachment }),
    ...(custom ? { custom } : {}),
  };
  return Object.keys(item).length === 0 ? [] : [item];
}

function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((one) => isShallow(one, levels - 1));
}
