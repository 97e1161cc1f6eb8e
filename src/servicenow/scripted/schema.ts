import { z } from 'zod';

const id = z.string().min(1);
const attachment = z.looseObject({
  id,
  name: z.string(),
  type: z.string().optional(),
  size: z.number().optional(),
});

/** A change in a chat, as the application's log tells of it. */
export const change = z.looseObject({
  sequence: z.number().int().min(1),
  conversationId: id,
  /** Types that this version does not know are passed over: their chat is read all the same. */
  type: z.string(),
  author: z.string(),
  externalId: z.string().default(''),
  agentName: z.string().default(''),
  text: z.string().default(''),
  attachments: z.array(attachment).default([]),
  createdOn: z.number(),
});

const place = { position: z.number().int().min(1).optional(), estimatedWait: z.string().optional() };
const page = { last: z.number().int().min(0), more: z.boolean() };

export const changes = z.looseObject({
  changes: z.array(change),
  ...page,
  waiting: z.array(z.looseObject({ conversationId: id, ...place })).optional(),
});

export const standing = z.looseObject({ state: z.string(), ...place });
export const messages = z.looseObject({ messages: z.array(change), ...page, state: z.string(), ...place });

export const opened = z.looseObject({
  conversationId: id,
  id: z.string().optional(),
  number: z.string().optional(),
  queue: z.string().optional(),
  state: z.string(),
});

export const found = z.array(opened);
export const uploaded = z.looseObject({ id });
export const posted = z.looseObject({ sequence: z.number().int().min(1) });
export const queue = z.looseObject({ open: z.boolean(), message: z.string().optional() });
export const anything = z.unknown().optional();

export type Change = z.infer<typeof change>;
export type Changes = z.infer<typeof changes>;
export type Messages = z.infer<typeof messages>;
export type Standing = z.infer<typeof standing>;
export type Opened = z.infer<typeof opened>;
export type Queue = z.infer<typeof queue>;
