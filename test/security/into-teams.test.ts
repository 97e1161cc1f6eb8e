import fc from 'fast-check';
import type { Content } from '../../src/conversation/content';
import { plainOf } from '../../src/conversation/marks';
import type { ChatId, Instant, RowId } from '../../src/conversation/types';
import { markedUp } from '../../src/servicenow/markup';
import { callConnector } from '../../src/teams/connector';
import { renderContent } from '../../src/teams/render/render';
import { makeServiceHosts } from '../../src/teams/service-hosts';
import { makeTexts } from '../../src/texts/texts';
import type { OutgoingCall } from '../../src/upstream/call';
import { readStrictly } from '../teams/render/agent-strict-markdown';
import { hostileText, runs } from './hostile-text';

const texts = makeTexts();
const render = (content: Content) => renderContent(content, { locale: 'en', texts, repeat: false });
const chat = 'c1' as ChatId;

/** Nothing in it is mark-up that was not meant; a bare address is the only thing that can be clicked. */
function expectOnlyWords(markdown: string): void {
  const read = readStrictly(markdown);
  expect(read.wrong).toEqual([]);
  expect(read.links.filter(({ text, address }) => text !== address)).toEqual([]);
  expect(markdown).not.toMatch(/<\/?at\b/i);
}

/** Something is seen of it. An address in a name stays an address that can be clicked, which ends where the bold type would. */
const isName = (text: string) => /[a-z]/i.test(text) && !/https?:/i.test(text);

/** The shape of a message: all of it but its texts. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shapeOf(inner)]));
}

const agentWords = (name: string, text: string): Content => ({ kind: 'agent', text, name, row: 'r1' as RowId });

test("an agent's plain words, and the agent's name, are words in Teams: no link, mention, tag, list or card comes of them", () => {
  fc.assert(
    fc.property(hostileText.filter(isName), hostileText, (name, said) => {
      // What means something in ServiceNow is meant there; here it is about what is nothing but words.
      const words = said.replace(/\[\s*\/?\s*code|@[A-Za-z]?\[|https?:/gi, '');
      const message = render(agentWords(name, plainOf(markedUp(words))));
      expect(Object.keys(message).filter((key) => key === 'attachments' || key === 'entities')).toEqual([]);
      if (message.textFormat === 'markdown') {
        expectOnlyWords(String(message.text));
        expect(String(message.text).startsWith('**')).toBe(true);
      }
    }),
    runs,
  );
});

test('what a notice quotes is words, and the notice has the shape that it always has', () => {
  const quoted: ((text: string) => Content)[] = [
    (text) => ({ kind: 'notice', notice: { key: 'not_delivered', texts: [text], unsure: [text] } }),
    (text) => ({ kind: 'notice', notice: { key: 'agent_joined', agent: text } }),
    (text) => ({ kind: 'notice', notice: { key: 'agent_changed', agent: text } }),
    (text) => ({ kind: 'notice', notice: { key: 'file_by_link', name: text } }),
    (text) => ({ kind: 'notice', notice: { key: 'agent_file_too_large', name: text } }),
    (text) => ({ kind: 'notice', notice: { key: 'queued', wait: text, position: 1 } }),
  ];
  const shapes = quoted.map((make) => shapeOf(render(make('x'))));
  fc.assert(
    fc.property(hostileText.filter(isName), fc.nat(quoted.length - 1), (text, which) => {
      const message = render(quoted[which]?.(text) as Content);
      expect(shapeOf(message)).toEqual(shapes[which]);
      if (message.textFormat === 'markdown') expectOnlyWords(String(message.text));
    }),
    runs,
  );
});

test.each(['', ' ', '\u0000', '\u200b\u202e', '\ufeff'])(
  'an agent of whose name (%j) nothing is seen is called an agent',
  (name) => {
    expect(render(agentWords(name, 'hello')).text).toBe(render(agentWords('', 'hello')).text);
  },
);

test('a text that is cut is cut before it is escaped', () => {
  for (let length = 990; length <= 1_010; length += 1) {
    const name = `${'a'.repeat(length)}${'*'.repeat(1_100)}`;
    expectOnlyWords(String(render({ kind: 'notice', notice: { key: 'file_by_link', name } }).text));
  }
});

test('what stands in the card of a chat changes its words, and neither its shape nor its buttons', () => {
  const since = Date.parse('2026-11-18T09:00:00Z') as Instant;
  const card = (text: string, state: 'waiting' | 'connected' | 'ended'): Content => ({
    kind: 'status',
    status: { chat, number: text, state, since, wait: text, agent: text },
  });
  fc.assert(
    fc.property(hostileText.filter(isName), fc.constantFrom('waiting', 'connected', 'ended'), (text, state) => {
      const message = render(card(text, state));
      expect(shapeOf(message)).toEqual(shapeOf(render(card('x', state))));
      const content = JSON.stringify(message.attachments);
      expect(content).not.toContain('Action.OpenUrl');
      for (const value of textsIn(message.attachments)) expectOnlyWords(value);
      for (const submit of actionsIn(message.attachments)) expect(submit).toMatchObject({ chat });
    }),
    runs,
  );
});

/** Whatever Teams reads as Markdown in a card; its own time is the connector's. */
function textsIn(attachments: unknown): string[] {
  const found: string[] = [];
  JSON.stringify(attachments, (key, value) => {
    if ((key === 'text' || key === 'value') && typeof value === 'string' && !/^\{\{TIME\([^)]+\)\}\}$/.test(value))
      found.push(value);
    return value;
  });
  return found;
}

function actionsIn(attachments: unknown): unknown[] {
  const found: unknown[] = [];
  JSON.stringify(attachments, (key, value) => {
    if (key === 'data') found.push(value);
    return value;
  });
  return found;
}

test('ids of Teams are one part of the address each, or no call is made', async () => {
  const hosts = makeServiceHosts({ extra: [], dev: false });
  await fc.assert(
    fc.asyncProperty(hostileText, hostileText, async (conversation, user) => {
      const calls: OutgoingCall[] = [];
      const call = async (outgoing: OutgoingCall) => {
        calls.push(outgoing);
        return { status: 200, headers: {}, text: '{}' };
      };
      const path = ['v3', 'conversations', conversation, 'members', user];
      const serviceUrl = 'https://smba.trafficmanager.net/emea/';
      const asked = { method: 'GET' as const, serviceUrl, path, operation: 'a profile' };
      await callConnector({ call, hosts, timeoutMs: 1_000 }, asked).catch(() => undefined);
      for (const { url } of calls) {
        const { origin, pathname, search, hash } = new URL(url);
        expect([origin, search, hash]).toEqual(['https://smba.trafficmanager.net', '', '']);
        expect(pathname.split('/').slice(1).map(decodeURIComponent)).toEqual(['emea', ...path]);
      }
    }),
    runs,
  );
});
