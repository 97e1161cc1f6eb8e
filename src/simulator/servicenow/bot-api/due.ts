import type { World } from '../model/world';
import { release } from './callbacks';
import { carryOut } from './carry-out';
import type { BotDue } from './records';
import { checkSilence } from './silence';

/** Something that was to happen by itself. */
export function happenToBot(world: World, due: BotDue): void {
  if (due.kind === 'release') {
    release(world, due.callback);
    return;
  }
  const conversation = world.state.bot.conversations[due.conversation];
  if (!conversation) return;
  if (due.kind === 'answer') {
    carryOut(world, { conversation, request: due.request, twice: due.twice });
    return;
  }
  const chat = world.state.chats[due.chat];
  if (chat) checkSilence(world, conversation, chat);
}
