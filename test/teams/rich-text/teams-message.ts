import { type IncomingActivity, readActivity } from '../../../src/teams/activity';
import { wordsOf } from '../../../src/teams/words';

export const bot = { id: '28:help-desk', name: 'Help desk' };

/** A message as Teams delivers it: its HTML and the plain text that Teams makes of it. */
export function message(html: unknown, more: Record<string, unknown> = {}): IncomingActivity {
  const activity = readActivity({
    type: 'message',
    id: '1700000000000',
    conversation: { id: 'a:one', conversationType: 'personal' },
    from: { id: '29:ada' },
    recipient: bot,
    text: '',
    attachments: [{ contentType: 'text/html', content: html }],
    ...more,
  });
  if (!activity) throw new Error('not an activity');
  return activity;
}

/** What people read of a message. */
export function heard(html: unknown, more: Record<string, unknown> = {}): string | undefined {
  return wordsOf(message(html, more))?.text;
}

/** The entity that stands for one mention. */
export const mention = (id: string, name: string) => ({
  type: 'mention',
  text: `<at>${name}</at>`,
  mentioned: { id, name },
});
