import { messageWritten } from '#live-chat-app/server/logic/agent-messages';
import type { Fields } from '#live-chat-app/server/logic/glide';
import { own, platform } from '#live-chat-app/server/logic/names';
import { changeWritten, interactionChanged } from '#live-chat-app/server/logic/rules';
import { openChat } from '../model/chats';
import { userOf, type World } from '../model/world';
import { glideOf } from './glide';

/** What happens by itself after a record was written: the platform's routing, and the application's business rules. */
export function runRules(world: World, table: string, record: Fields, before: Fields | undefined): void {
  if (table === platform.workItem && before?.state === '' && record.state === 'queued') routeToDesk(world, record);
  const glide = () => glideOf(world, { user: 'system' });
  if (table === own.change && !before) changeWritten(glide(), record);
  if (!world.state.config.appRules) return;
  if (table === platform.message && !before) messageWritten(glide(), record);
  if (table === platform.interaction && before) interactionChanged(glide(), record.sys_id ?? '');
  if (table === platform.workItem) interactionChanged(glide(), record.document_id ?? '');
}

/** A work item whose state became `queued` is what brings a conversation before the agents. */
function routeToDesk(world: World, { document_id: interaction = '', queue = '' }: Fields): void {
  const { tables } = world.state;
  const conversation = tables[platform.interaction]?.[interaction]?.channel_metadata_document ?? '';
  const requester = userOf(world, tables[platform.conversation]?.[conversation]?.consumer ?? '');
  const said = Object.values(tables[platform.message] ?? {}).find((each) => each.conversation === conversation);
  openChat(world, { requester, queueId: queue, message: said?.payload ?? '', id: conversation });
}
