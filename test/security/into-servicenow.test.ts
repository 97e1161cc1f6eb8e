import fc from 'fast-check';
import type { Employee, Handoff, Instant, TurnId } from '../../src/conversation/types';
import { brief, tokenIn } from '../../src/servicenow/brief';
import { makeCalls } from '../../src/servicenow/connect-support/calls';
import { encodedQuery } from '../../src/servicenow/encoded-query';
import type { ServiceNowHttp } from '../../src/servicenow/http';
import { segmentsOf } from '../../src/servicenow/markup/segments';
import { deskOptions } from '../../src/servicenow/options';
import { makeIsId, makePaths } from '../../src/servicenow/paths';
import { makeCalls as makeScriptedCalls } from '../../src/servicenow/scripted/calls';
import { scriptedOptions } from '../../src/servicenow/scripted/options';
import { wordsOf } from '../../src/servicenow/words';
import { makeTexts } from '../../src/texts/texts';
import { silentLog } from '../support/world/world';
import { hostileText, runs } from './hostile-text';

const texts = makeTexts();
const chat = '9ab81b6c4f3a2310b1c7a0f1e2d3c4aa';
const acme = 'https://acme.service-now.com';
const options = deskOptions.parse({});
const turn = 't1' as TurnId;
const at = Date.parse('2026-11-18T09:00:00Z') as Instant;

interface Sent {
  readonly url: string;
  readonly body?: unknown;
}

/** What would go over the line; nothing is answered. */
function wire() {
  const sent: Sent[] = [];
  const send = async (call: Sent) => {
    sent.push({ url: call.url, ...(call.body ? { body: JSON.parse(JSON.stringify(call.body)) } : {}) });
    return { items: [], unreadable: 0, sequence: 1, id: chat, sys_id: chat };
  };
  const http = { write: send, read: send, ask: send, download: send, close: () => {} } as unknown as ServiceNowHttp;
  const fill = makePaths(acme, makeIsId(options.idPattern));
  const calls = makeCalls({ http, fill, options, log: silentLog });
  const scripted = makeScriptedCalls({ http, fill, options: scriptedOptions.parse({}) });
  return { sent, calls, scripted };
}

/** What an agent sees: mark-up of ServiceNow is found as its own client finds it, all of it is wrong here. */
function seenByAgent(row: string): string {
  expect(segmentsOf(row).map(({ kind }) => kind)).not.toContain('html');
  expect(row).not.toMatch(/@[A-Za-z]?\[/);
  return row.replaceAll('\u200b', '');
}

const isWellFormed = (text: string) => !/\p{Cs}/u.test(text);

test("an employee's words arrive letter by letter, in one field of the body, and as nothing but words", async () => {
  await fc.assert(
    fc.asyncProperty(hostileText.filter(isWellFormed), async (text) => {
      const { sent, calls, scripted } = wire();
      const words = wordsOf({ texts, options }, { from: 'employee', message: { turn, text, at }, part: text });
      await calls.post(chat, words, 'context');
      await scripted.post(chat, 'id', words);
      const [first, second] = sent.map(({ body }) => body as Readonly<Record<string, string>>);
      expect(Object.keys(first ?? {}).sort()).toEqual(['context', 'group', 'message', 'reflected_field']);
      expect(Object.keys(second ?? {}).sort()).toEqual(['externalId', 'text']);
      expect(first).toMatchObject({ group: chat, reflected_field: 'comments', context: 'context' });
      for (const arrived of [first?.message, second?.text])
        expect(seenByAgent(arrived ?? '')).toBe(text.replaceAll('\u200b', ''));
    }),
    runs,
  );
});

test('names, places, summaries and talk stay where they belong in the first message of a chat', () => {
  const token = 'TC-0123456789AB';
  const record = fc.record({
    name: hostileText,
    email: hostileText,
    reason: hostileText,
    said: hostileText,
    zone: hostileText,
  });
  fc.assert(
    fc.property(record, ({ name, email, reason, said, zone }) => {
      const user: Employee = { id: 'u', name, email, locale: 'en-GB', timezone: zone };
      const line = { who: 'user' as const, text: said, at };
      const handoff = {
        id: 'h',
        request: { reason, summary: reason },
        requestedAt: at,
        transcript: [line],
      } as unknown as Handoff;
      const message = brief({ handoff, user, token, texts, locale: 'en', longest: 4_000 });
      seenByAgent(message);
      expect(tokenIn(message)).toBe(token);
      const lines = message.split('\n');
      expect(lines[0]).toMatch(/^\[Teams TC-0123456789AB\] /);
      expect(lines.filter((each) => /^\[Teams /.test(each))).toHaveLength(1);
      // Whatever somebody says over several lines is set in: only the speaker's own line begins with a time.
      expect(lines.filter((each) => /^\d\d:\d\d /.test(each)).length).toBeLessThanOrEqual(1);
    }),
    runs,
  );
});

test('an id is an id or no call is made, in every address', async () => {
  await fc.assert(
    fc.asyncProperty(
      hostileText.filter((id) => !/^\w+$/.test(id)),
      fc.nat(9),
      async (id, which) => {
        const { sent, calls, scripted } = wire();
        const tries = [
          () => calls.post(id, 'x', 'c'),
          () => calls.leave(id),
          () => calls.page(id),
          () => calls.download(id, 1),
          () => calls.uploads(id),
          () => calls.queue(id),
          () => calls.open(id, 'x'),
          () => scripted.end(id),
          () => scripted.messages(id, 0, 'all'),
          () => scripted.queue(id),
        ];
        await expect(Promise.resolve().then(tries[which])).rejects.toMatchObject({ kind: 'rejected', certain: true });
        expect(sent).toEqual([]);
      },
    ),
    runs,
  );
});

test('names of files and hand-offs are values of a query, and change neither its names nor its path', async () => {
  await fc.assert(
    fc.asyncProperty(hostileText.filter(isWellFormed), async (name) => {
      const { sent, calls, scripted } = wire();
      await calls.upload(chat, name, { bytes: new Uint8Array(), type: 'text/plain' });
      await scripted.upload(chat, name, name, { bytes: new Uint8Array(), type: 'text/plain' });
      await scripted.find(name);
      const [upload, scriptedUpload, find] = sent.map(({ url }) => new URL(url));
      expect([...(upload?.searchParams ?? [])]).toEqual([
        ['table_name', 'live_group_profile'],
        ['table_sys_id', chat],
        ['file_name', name],
      ]);
      expect([...(scriptedUpload?.searchParams ?? [])]).toEqual([
        ['externalId', name],
        ['name', name],
      ]);
      expect([...(find?.searchParams ?? [])]).toEqual([['externalId', name]]);
      for (const url of [upload, scriptedUpload, find]) {
        expect([url?.origin, url?.hash]).toEqual([acme, '']);
        expect(url?.pathname).not.toContain('..');
      }
    }),
    runs,
  );
});

test('an encoded query holds the conditions that were meant, or is not made', () => {
  fc.assert(
    fc.property(hostileText, hostileText, (field, value) => {
      const make = () => encodedQuery({ [field]: value }, 'sys_created_on');
      if (/^\w+$/.test(field) && /^\w+$/.test(value))
        expect(make()).toBe(`${field}=${value}^ORDERBYDESCsys_created_on`);
      else expect(make).toThrow('may not stand in a query');
    }),
    runs,
  );
});
