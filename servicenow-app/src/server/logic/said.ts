import type { Chat } from './chat';
import type { Glide } from './glide';
import { platform } from './names';

/** A message of the requester as the platform keeps it. */
export interface Said {
  readonly id: string;
  readonly text: string;
}

const mostLookedAt = 200;

/** What was said on the requester's side of a chat, the newest first. */
export function said(glide: Glide, chat: Chat): Said[] {
  const rows = glide.records.find({
    table: platform.message,
    where: [
      ['conversation', '=', chat.conversation],
      ['direction', '=', 'inbound'],
    ],
    order: '-sequence',
    limit: mostLookedAt,
  });
  return rows.map((row) => ({ id: row.sys_id ?? '', text: row.payload ?? '' }));
}
