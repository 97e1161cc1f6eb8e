import { createHmac } from 'node:crypto';
import type { Glide, NewFile } from '#live-chat-app/server/logic/glide';
import type { FaultAction } from '../faults/rule';
import { isOpen } from '../model/queues';
import { addUpload } from '../model/uploads';
import { platformNow, userOf, type World } from '../model/world';
import { agentChatOf } from './agent-chat';
import { recordsOf } from './records';

/** On whose behalf the application runs, and what goes wrong meanwhile. */
export interface Running {
  /** sys_id of the user. */
  readonly user: string;
  readonly fault?: FaultAction;
}

/** The simulated instance as the application sees it. Its log of changes tells whoever reads a replica that lags what it held then. */
export function glideOf(world: World, { user, fault = {} }: Running): Glide {
  const dies = (at: string) => {
    if (fault.appFails?.at === at) throw new Error(`the request died at: ${at}`);
  };
  return {
    records: recordsOf(world, { dies, staleMs: fault.staleRead?.ms ?? 0 }),
    agentChat: agentChatOf(world, { dies, twice: fault.doubleEffect !== undefined }),
    user: { id: user },
    now: () => platformNow(world),
    isWithin: (schedule) => {
      const queue = world.state.queues[schedule];
      return queue !== undefined && isOpen(world, queue);
    },
    property: (name) => propertyOf(world, name),
    mac: (key, text) => createHmac('sha256', Buffer.from(key, 'base64')).update(text).digest('base64'),
    post: ({ url, headers, body }) => {
      const { conversationId, eventId } = JSON.parse(body) as { conversationId: string; eventId: string };
      world.post({ chat: conversationId, row: eventId }, { url, headers, body });
      return 202;
    },
    attach: (file) => {
      dies('attach');
      const id = attach(world, user, file);
      dies('attached');
      return id;
    },
    warn: () => {},
  };
}

function propertyOf(world: World, name: string): string {
  const { push } = world.state.config;
  const closed = Object.values(world.state.queues).find((queue) => !isOpen(world, queue));
  const values: Readonly<Record<string, string | undefined>> = {
    'x_tlc.push.url': push?.url,
    'x_tlc.push.secret': push?.secret,
    'x_tlc.closed_message': closed?.notAvailable,
    'x_tlc.public_visibility': 'public,all',
  };
  return values[name] ?? '';
}

/** A file at the interaction of a conversation: the desk finds it with the chat. */
function attach(world: World, user: string, { table, record, name, type, data }: NewFile): string {
  const chat = world.state.tables[table]?.[record]?.channel_metadata_document ?? '';
  const file = { record: chat, name, contentType: type, bytes: data as Buffer, by: userOf(world, user) };
  return addUpload(world, file).id;
}
