import { type GlideRecord, gs } from '@servicenow/glide';
import { messageWritten } from '../logic/agent-messages';
import { own, platform } from '../logic/names';
import { catchUpAll, changeWritten, interactionChanged } from '../logic/rules';
import { instance } from './glide';
import { fieldsOf } from './records';

/** Business rule: after a message of a conversation was inserted. */
export function onMessage(current: GlideRecord): void {
  quietly('message', () => messageWritten(instance(), fieldsOf(platform.message, current)));
}

/** Business rule: after an interaction was updated. */
export function onInteraction(current: GlideRecord): void {
  quietly('interaction', () => interactionChanged(instance(), current.getUniqueValue()));
}

/** Business rule: after a work item was inserted or updated. */
export function onWorkItem(current: GlideRecord): void {
  quietly('work item', () => interactionChanged(instance(), current.getValue('document_id') ?? ''));
}

/** Business rule, asynchronous: after a change got into the log. */
export function onLogged(current: GlideRecord): void {
  quietly('push', () => changeWritten(instance(), fieldsOf(own.change, current)));
}

/** Scheduled script, once a minute. */
export function onMinute(): void {
  quietly('catching up', () => catchUpAll(instance()));
}

/** Whatever fails here must not keep the agent's message, or the interaction, from being saved: what is missed is caught up with. */
function quietly(what: string, act: () => void): void {
  try {
    act();
  } catch (error) {
    gs.error(`Teams Live Chat: ${what} failed: ${error instanceof Error ? error.message : 'unknown'}`);
  }
}
