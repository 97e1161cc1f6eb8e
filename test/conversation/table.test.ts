import type { ConversationEvent } from '../../src/conversation/events';
import { defaultRules } from '../../src/conversation/rules';
import type { Situation, Step } from '../../src/conversation/step';
import { transition } from '../../src/conversation/transition';
import type { Conversation, Instant, LiveChat, Phase, TurnId, UserMessage } from '../../src/conversation/types';
import { keyOf, sender } from '../support/world/world';

const at = 1_000_000 as Instant;
const late = (at + 10_000_000) as Instant;
const from = sender();
const cursor = { time: 0, seen: [] } as never;
const chat = {
  id: 'c1',
  handoff: 'h1',
  queue: 'q',
  number: 'CHAT1',
  summary: 'vpn',
  openedAt: at,
} as unknown as LiveChat;
const handoff = { id: 'h1', request: {}, requestedAt: at, transcript: [] } as never;

function message(text: string, turn = 't9'): UserMessage {
  return { turn: turn as TurnId, text, at };
}

const inChat = { chat, cursor, since: at, lastWordAt: at, posted: [] };
const phases: Record<Phase['name'], Phase> = {
  assisted: { name: 'assisted', silences: 0 },
  opening: { name: 'opening', handoff, held: [message('held', 't1')], unanswered: [], since: at },
  queued: { name: 'queued', ...inChat },
  connected: { name: 'connected', taken: true, ...inChat },
  closing: { name: 'closing', chat, reason: 'agent', since: at, cursor, undelivered: [], posted: [] },
};

const spoke = (text: string): ConversationEvent => ({ type: 'user_spoke', message: message(text), from, at });
const agentRow = { id: 'r1', at: 5, author: 'agent', name: 'Beth', text: 'hi', workNote: false } as never;
const closingRow = {
  id: 'r2',
  at: 6,
  author: 'system',
  text: 'Beth has closed the support session',
  workNote: false,
} as never;
const read = (rows: never[], state: 'waiting' | 'in_progress' | 'ended' | 'unknown'): ConversationEvent => ({
  type: 'thread_read',
  chat: chat.id,
  rows,
  state: { state },
  at,
});
const postEffect = { type: 'post', chat, words: { from: 'employee', message: message('lost'), part: 'lost' } } as const;
const postFailed = (kind: 'unreachable' | 'rejected' | 'refused', ended = false): ConversationEvent => ({
  type: 'post_failed',
  effect: postEffect,
  kind,
  ended,
  at,
});
const agentShow = { type: 'show', content: { kind: 'agent', text: 'hi', row: 'r1' } } as never;
const file = { id: 'f1', name: 'a.txt', source: { at: 'download', url: 'https://contoso.sharepoint.com/a' } } as never;
const stored = { name: 'a.txt', type: 'text/plain', size: 1, hash: 'h' };
const fetchEffect = { type: 'fetch', file, turn: 't9', handoff: 'h1' } as never;
const attachEffect = { type: 'attach', chat, file: Object.assign({ stored }, file), turn: 't9' } as never;
const handOverEffect = {
  type: 'hand_over',
  file: { id: 'f9', name: 'a.pdf' },
  chat: 'c1',
  target: { uploadUrl: 'u', contentUrl: 'c' },
} as never;
const opened = { type: 'chat_opened', chat, state: { state: 'waiting' }, at } as const;
const answered = (more: object = {}): ConversationEvent => ({
  type: 'assistant_answered',
  turn: 't9' as TurnId,
  answer: { items: [{ text: 'answer' }], ...more },
  at,
});

/** What is expected: the phase after it, then what is done, in order. */
type Expected = string;
type Row = readonly [string, ConversationEvent, Record<Phase['name'], Expected>];

const same = (done = ''): Record<Phase['name'], Expected> => ({
  assisted: `assisted${done}`,
  opening: `opening${done}`,
  queued: `queued${done}`,
  connected: `connected${done}`,
  closing: `closing${done}`,
});

const table: readonly Row[] = [
  [
    'the employee speaks',
    spoke('hello'),
    {
      assisted: 'assisted: ask',
      opening: 'opening:',
      queued: 'queued: post hello',
      connected: 'connected: post hello',
      closing: 'closing: ask',
    },
  ],
  [
    'the employee types /live_agent',
    spoke('/live_agent'),
    {
      assisted: 'opening: [connecting], identify, open',
      opening: 'opening: [already_opening]',
      queued: 'queued: [already_queued]',
      connected: 'connected: [already_connected]',
      closing: 'opening: [ended_by_agent], [connecting], identify, open',
    },
  ],
  [
    'the employee types /end_chat',
    spoke('/end_chat'),
    {
      assisted: 'assisted: [no_chat_to_end]',
      opening: 'assisted: [ended_by_user], tell_assistant, [not_delivered]',
      queued: 'closing: tell_assistant, leave',
      connected: 'closing: tell_assistant, leave',
      closing: 'closing:',
    },
  ],
  [
    'the employee types /restart',
    spoke('/restart'),
    {
      assisted: 'assisted: ask',
      opening: 'assisted: [ended_by_user], tell_assistant, [not_delivered]',
      queued: 'closing: tell_assistant, leave',
      connected: 'closing: tell_assistant, leave',
      closing: 'closing: ask',
    },
  ],
  [
    'the agent cannot be read',
    { type: 'reading_interrupted', chat: chat.id, at },
    { ...same(':'), queued: 'queued: [support_interrupted]', connected: 'connected: [support_interrupted]' },
  ],
  ['the agent can be read again, of which nobody was told', { type: 'reading_resumed', chat: chat.id, at }, same(':')],
  [
    'the employee changes what she wrote',
    { type: 'user_edited', message: message('better'), from, at },
    { ...same(':'), queued: 'queued: post better', connected: 'connected: post better' },
  ],
  [
    'the employee takes back what she wrote',
    { type: 'user_withdrew', turn: 't-other' as TurnId, from, at },
    {
      ...same(':'),
      queued: 'queued: post <message_withdrawn>',
      connected: 'connected: post <message_withdrawn>',
    },
  ],
  [
    'the employee reacts to a message',
    { type: 'user_reacted', reaction: '👍', from, at },
    { ...same(':'), connected: 'connected: post <reacted>' },
  ],
  ['the message about the chat is there', { type: 'status_shown', chat: chat.id, activity: 'a1', at }, same(':')],
  ['the bot is installed', { type: 'app_installed', from, at }, same(': [welcome]')],
  [
    'the bot is uninstalled',
    { type: 'app_uninstalled', from, at },
    {
      assisted: 'assisted:',
      opening: 'assisted: tell_assistant',
      queued: 'closing: post <employee_unreachable>, tell_assistant, leave',
      connected: 'closing: post <employee_unreachable>, tell_assistant, leave',
      closing: 'closing:',
    },
  ],
  ['somebody speaks to the bot in a group', { type: 'spoke_in_group', from, at }, same(': [personal_chat_only]')],
  ['the assistant answers', answered(), same(': answer')],
  [
    'the assistant wants a live agent',
    answered({ handoff: { reason: 'asked' } }),
    {
      assisted: 'opening: answer, identify, open',
      opening: 'opening: answer',
      queued: 'queued: answer',
      connected: 'connected: answer',
      closing: 'opening: answer, [ended_by_agent], identify, open',
    },
  ],
  [
    'the assistant is down',
    { type: 'assistant_failed', message: message('hello'), trouble: 'down', at },
    { ...same(':'), assisted: 'assisted: [assistant_unavailable]', closing: 'closing: [assistant_unavailable]' },
  ],
  [
    'nobody knows whether the assistant got the turn',
    { type: 'assistant_failed', message: message('hello'), trouble: 'outcome_unknown', at },
    { ...same(':'), assisted: 'assisted: [please_send_again]', closing: 'closing: [please_send_again]' },
  ],
  [
    'the assistant says something to the end of a chat that is not the last one',
    { type: 'assistant_greeted', chat: chat.id, items: [{ text: 'Welcome back' }], at },
    same(':'),
  ],
  ['the directory knows the employee', { type: 'employee_identified', email: 'a@b.example', at }, same(':')],
  ['the chat is there', opened, { ...same(': reap'), opening: 'queued: tell_assistant, [queued], post held' }],
  [
    'a chat is there that was not asked for',
    { ...opened, chat: { ...chat, id: 'c2', handoff: 'h0' } as unknown as LiveChat },
    same(': reap'),
  ],
  [
    'the chat cannot be opened',
    { type: 'open_failed', handoff, kind: 'unreachable', mayExist: true, at },
    { ...same(': reap'), opening: 'assisted: [open_failed], [not_delivered], tell_assistant, reap' },
  ],
  [
    'the queue is closed',
    { type: 'open_failed', handoff, kind: 'refused', words: 'We open at 8', mayExist: false, at },
    { ...same(':'), opening: 'assisted: [no_agent_available], [not_delivered], tell_assistant' },
  ],
  ['words are in the thread', { type: 'words_posted', chat: chat.id, row: 'r9' as never, at }, same(':')],
  [
    'words cannot be brought to the thread',
    postFailed('unreachable'),
    {
      assisted: 'assisted: [not_delivered]',
      opening: 'opening: [not_delivered]',
      queued: 'closing: tell_assistant, leave',
      connected: 'closing: tell_assistant, leave',
      closing: 'closing:',
    },
  ],
  [
    'ServiceNow will never take these words',
    postFailed('rejected'),
    { ...same(': [not_delivered]'), closing: 'closing:' },
  ],
  [
    'words come to a chat that is over',
    postFailed('refused', true),
    {
      assisted: 'assisted: [not_delivered]',
      opening: 'opening: [not_delivered]',
      queued: 'closing: tell_assistant, leave',
      connected: 'closing: tell_assistant, leave',
      closing: 'closing:',
    },
  ],
  [
    'the agent has written',
    read([agentRow], 'in_progress'),
    { ...same(':'), queued: 'connected: [agent_joined], hi', connected: 'connected: hi', closing: 'closing: hi' },
  ],
  ['an agent has taken the chat', read([], 'in_progress'), { ...same(':'), queued: 'connected: [agent_joined]' }],
  ['the chat is back in the queue', read([], 'waiting'), { ...same(':'), connected: 'queued: [queued]' }],
  [
    'the agent has closed the chat',
    read([agentRow, closingRow], 'ended'),
    {
      ...same(':'),
      queued: 'closing: hi, tell_assistant, leave',
      connected: 'closing: hi, tell_assistant, leave',
      closing: 'closing: hi',
    },
  ],
  [
    'the chat cannot be read any more',
    { type: 'chat_lost', chat: chat.id, kind: 'not_found', at },
    { ...same(':'), queued: 'closing: tell_assistant, leave', connected: 'closing: tell_assistant, leave' },
  ],
  [
    'somebody who runs the connector ends the chat',
    { type: 'operator_ended', chat: chat.id, at },
    { ...same(':'), queued: 'closing: tell_assistant, leave', connected: 'closing: tell_assistant, leave' },
  ],
  [
    'the chat is left',
    { type: 'chat_left', chat: chat.id, at },
    { ...same(':'), closing: 'assisted: [ended_by_agent]' },
  ],
  [
    'the chat cannot be left',
    { type: 'leave_failed', chat, gone: false, at },
    { ...same(': reap'), closing: 'assisted: [ended_by_agent], reap' },
  ],
  [
    'there is no chat to be left',
    { type: 'leave_failed', chat, gone: true, at },
    { ...same(':'), closing: 'assisted: [ended_by_agent]' },
  ],
  [
    'Teams says that the employee cannot be reached',
    { type: 'show_failed', effect: agentShow, how: 'unreachable', at },
    {
      assisted: 'assisted:',
      opening: 'assisted: tell_assistant',
      queued: 'closing: post <employee_unreachable>, tell_assistant, leave',
      connected: 'closing: post <employee_unreachable>, tell_assistant, leave',
      closing: 'closing:',
    },
  ],
  [
    "Teams does not take the agent's words",
    { type: 'show_failed', effect: agentShow, how: 'refused', at },
    { ...same(':'), queued: 'queued: post <words_not_shown>', connected: 'connected: post <words_not_shown>' },
  ],
  [
    "nobody knows whether the agent's words were shown",
    { type: 'show_failed', effect: agentShow, how: 'in_doubt', at },
    { ...same(':'), queued: 'queued: post <words_in_doubt>', connected: 'connected: post <words_in_doubt>' },
  ],
  [
    'they accept a file that nobody offers any more',
    { type: 'file_accepted', file: 'f9', target: {} as never, from, at },
    same(': [file_offer_gone]'),
  ],
  ['they decline a file that nobody offers any more', { type: 'file_declined', file: 'f9', from, at }, same(':')],
  [
    "a file of the agent's is among theirs",
    { type: 'file_handed_over', effect: handOverEffect, at },
    same(': [handed_file]'),
  ],
  [
    "a file of the agent's cannot be put among theirs",
    { type: 'hand_over_failed', effect: handOverEffect, at },
    {
      ...same(': [agent_file_failed]'),
      queued: 'queued: [agent_file_failed], post <file_not_handed_over>',
      connected: 'connected: [agent_file_failed], post <file_not_handed_over>',
    },
  ],
  [
    'a file of theirs is here',
    { type: 'file_fetched', effect: fetchEffect, stored, at },
    {
      assisted: 'assisted: discard',
      opening: 'opening: discard',
      queued: 'queued: attach',
      connected: 'connected: attach',
      closing: 'closing: discard',
    },
  ],
  [
    'a file of theirs is not passed on',
    { type: 'file_refused', effect: fetchEffect, reason: 'too_large', at },
    {
      assisted: 'assisted: discard',
      opening: 'opening: discard',
      queued: 'queued: [file_refused], post <file_not_passed_on>, discard',
      connected: 'connected: [file_refused], post <file_not_passed_on>, discard',
      closing: 'closing: discard',
    },
  ],
  ['a file of theirs is in the thread', { type: 'file_attached', effect: attachEffect, at }, same(': discard')],
  [
    'ServiceNow does not take a file of theirs',
    { type: 'attach_failed', effect: attachEffect, ended: false, at },
    {
      assisted: 'assisted: [not_delivered], discard',
      opening: 'opening: [not_delivered], discard',
      queued: 'queued: [file_refused], post <file_not_passed_on>, discard',
      connected: 'connected: [file_refused], post <file_not_passed_on>, discard',
      closing: 'closing: discard',
    },
  ],
  [
    'a long time passes',
    { type: 'time_passed', at: late },
    {
      assisted: 'assisted:',
      opening: 'opening: [opening_slow]',
      queued: 'closing: tell_assistant, leave',
      connected: 'closing: tell_assistant, leave',
      closing: 'assisted: [ended_by_agent]',
    },
  ],
  ["the agent's words are to be shown again", { type: 'redriven', effect: agentShow, inDoubt: false }, same(': hi')],
  ['a moment passes', { type: 'time_passed', at }, same(':')],
];

function situation(phase: Phase): Situation {
  const { reference, user } = from;
  const conversation: Conversation = {
    key: keyOf(),
    phase,
    reference,
    user,
    said: [],
    reachable: true,
    greeted: false,
  };
  return { conversation, pending: [], rules: defaultRules };
}

function told({ conversation, effects }: Step): string {
  // How the message about the chat is changed is told in status.test.ts.
  const done = effects
    .filter(({ type }) => type !== 'refresh')
    .map((effect) => {
      if (effect.type === 'post')
        return `post ${effect.words.from === 'employee' ? effect.words.part : `<${effect.words.notice.key}>`}`;
      if (effect.type !== 'show') return effect.type;
      const { content } = effect;
      if (content.kind === 'status') return '[queued]';
      if (content.kind === 'file' || content.kind === 'handed_file' || content.kind === 'transcript')
        return `[${content.kind}]`;
      return content.kind === 'notice'
        ? `[${content.notice.key}]`
        : content.kind === 'agent'
          ? content.text
          : content.item.text;
    });
  return `${conversation.phase.name}: ${done.join(', ')}`.trimEnd();
}

describe.each(table)('%s', (_title, event, expected) => {
  test.each(Object.keys(phases) as Phase['name'][])('while %s', (name) => {
    expect(told(transition(situation(phases[name]), event))).toBe(expected[name]);
  });
});

test('every kind of event has its row', () => {
  const kinds: Record<ConversationEvent['type'], true> = {
    user_spoke: true,
    user_edited: true,
    user_withdrew: true,
    user_reacted: true,
    app_installed: true,
    app_uninstalled: true,
    spoke_in_group: true,
    assistant_answered: true,
    assistant_failed: true,
    assistant_greeted: true,
    employee_identified: true,
    chat_opened: true,
    open_failed: true,
    status_shown: true,
    words_posted: true,
    post_failed: true,
    thread_read: true,
    reading_interrupted: true,
    reading_resumed: true,
    chat_lost: true,
    operator_ended: true,
    chat_left: true,
    leave_failed: true,
    file_accepted: true,
    file_declined: true,
    file_handed_over: true,
    hand_over_failed: true,
    file_fetched: true,
    file_refused: true,
    file_attached: true,
    attach_failed: true,
    show_failed: true,
    redriven: true,
    time_passed: true,
  };
  expect([...new Set(table.map(([, event]) => event.type))].sort()).toEqual(Object.keys(kinds).sort());
});
