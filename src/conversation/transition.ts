import { fileAccepted, fileDeclined, fileHandedOver, handOverFailed } from './agent-files';
import { assistantAnswered, assistantFailed, assistantGreeted } from './answers';
import { userEdited, userReacted, userWithdrew } from './corrections';
import { goSilent, leaveFailed, postFailed, showFailed, wordsPosted } from './delivery';
import { endChat, sayGoodbye } from './ending';
import type { ConversationEvent } from './events';
import { attachFailed, fileAttached, fileFetched, fileRefused } from './file-story';
import { chatOpened, openFailed } from './handoff';
import { noLongerSlow, readingChanged } from './interruption';
import { sinceBackup } from './put-back';
import { redriven } from './redrive';
import { userSpoke } from './speaking';
import { statusShown } from './status';
import { isClosing, isIn, notice, type Situation, type Step, stay } from './step';
import { threadRead } from './thread';
import type { Conversation } from './types';
import { timePassed } from './waiting';

type Happened<T extends ConversationEvent['type']> = Extract<ConversationEvent, { type: T }>;

/** The story: what every event means, whoever has the floor. Pure: no clock, no chance, no outside. */
export function transition(now: Situation, event: ConversationEvent): Step {
  const step = sinceBackup(now, event, happen(now, event));
  if (step.conversation.reachable) return step;
  return { ...step, effects: step.effects.filter(({ type }) => type !== 'show' && type !== 'refresh') };
}

function happen(now: Situation, event: ConversationEvent): Step {
  switch (event.type) {
    case 'user_spoke':
      return userSpoke(withSender(now, event), event);
    case 'user_edited':
      return userEdited(withSender(now, event), event);
    case 'user_withdrew':
      return userWithdrew(withSender(now, event), event);
    case 'user_reacted':
      return userReacted(withSender(now, event), event);
    case 'app_installed':
      return appInstalled(withSender(now, event).conversation, now.conversation);
    case 'app_uninstalled':
      return goSilent(withSender(now, event), 'uninstalled', event.at);
    case 'spoke_in_group':
      return stay(withSender(now, event).conversation, notice({ key: 'personal_chat_only' }));
    case 'assistant_answered':
      return assistantAnswered(noLongerSlow(now), event);
    case 'assistant_failed':
      return assistantFailed(noLongerSlow(now), event);
    case 'assistant_greeted':
      return assistantGreeted(now, event);
    case 'employee_identified':
      return stay(identified(now.conversation, event));
    case 'chat_opened':
      return chatOpened(now, event);
    case 'open_failed':
      return openFailed(now, event);
    case 'status_shown':
      return statusShown(now, event);
    case 'words_posted':
      return wordsPosted(now, event);
    case 'post_failed':
      return postFailed(now, event);
    case 'thread_read':
      return threadRead(now, event);
    case 'reading_interrupted':
    case 'reading_resumed':
      return readingChanged(now, event);
    case 'chat_lost':
      return isIn(now, event.chat) ? endChat(now, 'error', event.at) : stay(now.conversation);
    case 'operator_ended':
      return isIn(now, event.chat) ? endChat(now, 'operator', event.at) : stay(now.conversation);
    case 'chat_left':
      return isClosing(now, event.chat) ? sayGoodbye(now, true, event.at) : stay(now.conversation);
    case 'leave_failed':
      return leaveFailed(now, event);
    case 'file_accepted':
      return fileAccepted(withSender(now, event), event);
    case 'file_declined':
      return fileDeclined(withSender(now, event), event);
    case 'file_handed_over':
      return fileHandedOver(now, event);
    case 'hand_over_failed':
      return handOverFailed(now, event);
    case 'file_fetched':
      return fileFetched(now, event);
    case 'file_refused':
      return fileRefused(now, event);
    case 'file_attached':
      return fileAttached(now, event);
    case 'attach_failed':
      return attachFailed(now, event);
    case 'show_failed':
      return showFailed(now, event);
    case 'redriven':
      return redriven(now, event);
    case 'time_passed':
      return timePassed(now, event.at);
    default:
      return unreachable(event);
  }
}

/** Teams tells of an installation in two ways at once; the employee is welcomed once. */
function appInstalled(conversation: Conversation, before: Conversation): Step {
  if (before.greeted && before.reachable) return stay(conversation);
  return stay({ ...conversation, greeted: true }, notice({ key: 'welcome' }));
}

/** The newest that the channel told of the sender; what the directory knew of the same person is kept. */
function withSender(now: Situation, { from }: { from: Happened<'user_spoke'>['from'] }): Situation {
  const { user } = now.conversation;
  const { email, lookedUpAt, timezone, device } = user;
  const known = user.id === from.user.id ? { email, lookedUpAt, timezone, device } : {};
  const sender: Conversation = {
    ...now.conversation,
    reference: from.reference,
    user: { ...known, ...from.user },
    reachable: true,
  };
  return { ...now, conversation: sender };
}

function identified(conversation: Conversation, event: Happened<'employee_identified'>): Conversation {
  const { user } = conversation;
  const name = event.name ?? user.name;
  return { ...conversation, user: { ...user, name, email: event.email ?? user.email, lookedUpAt: event.at } };
}

function unreachable(event: never): never {
  throw new Error(`unknown event ${JSON.stringify(event)}`);
}
