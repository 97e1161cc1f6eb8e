import type { RowFile, User } from '../model/state';
import type { World } from '../model/world';
import type { Item } from './records';

/** Words of the platform or of an agent. */
export function outputText(value: string, messageId: string, extra: Item = {}): Item {
  return { uiType: 'OutputText', group: 'DefaultText', value, maskType: 'NONE', messageId, ...extra };
}

/** Something that happens, with what belongs to it. */
export function action(actionType: string, extra: Item = {}): Item {
  return { uiType: 'ActionMsg', actionType, ...extra };
}

export function system(message: string): Item {
  return action('System', { message });
}

/** The employee waits for an agent. */
export function waiting(world: World, queueId: string): Item[] {
  const waitTime = world.state.queues[queueId]?.averageWaitTime ?? '';
  const message = world.state.config.routingWording;
  return [
    action('SubscribeToSupportQueue'),
    action('StartSpinner', { spinnerType: 'wait_time', message, ...(waitTime ? { waitTime } : {}) }),
  ];
}

export function endOfWaiting(): Item {
  return action('EndSpinner', { spinnerType: 'wait_time' });
}

/** The agent types, or types no more. */
export function typing(world: World, on: boolean): Item {
  const suffix = world.state.config.agentTyping === 'suffixed' ? 'ActionMsg' : '';
  return action(`${on ? 'Start' : 'End'}TypingIndicator${suffix}`);
}

/** Topics that the employee can choose from; the first one leads to an agent. */
export function topics(messageId: string, prompt: string): Item {
  const options = ['Live Agent Support.', 'Password Reset'].map((label) => ({ label, value: label, enabled: true }));
  const about = { label: prompt, promptMsg: prompt, options, style: 'list', itemType: 'ID', multiSelect: false };
  return { uiType: 'TopicPickerControl', group: 'DefaultPicker', required: true, ...about, messageId };
}

/** By whom something is said. */
export function agentInfo(world: World, agent: User): Item {
  const agentAvatar = `${world.state.bot.origin}/${agent.sysId}.iix?t=small`;
  return { agentInfo: { sentFromAgent: true, agentName: agent.name, agentId: agent.profile, agentAvatar } };
}

/** Where a file of a conversation is. */
export function mediaUrl({ state }: World, id: string): string {
  const path = `/api/now/v1/cs/media/${id}`;
  return state.config.mediaUrls === 'absolute' ? state.bot.origin + path : path;
}

/** A file of an agent. */
export function fileItem(world: World, file: RowFile, extra: Item): Item {
  const url = mediaUrl(world, file.id);
  const mode = world.state.config.agentFileMode;
  if (mode === 'OutputTextUrl') return { ...outputText(url, file.id), ...extra };
  if (mode === 'OutputImage' && file.contentType.startsWith('image/'))
    return {
      uiType: 'OutputImage',
      group: 'DefaultOutputImage',
      value: url,
      altText: file.name,
      messageId: file.id,
      ...extra,
    };
  const link = { header: file.name, label: file.name, value: { action: url, target: '_blank' } };
  return { uiType: 'OutputLink', group: 'DefaultOutputLink', ...link, messageId: file.id, ...extra };
}
