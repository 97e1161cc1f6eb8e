import type { TranscriptLine } from '../../src/conversation/step';
import { makeTexts } from '../../src/texts/texts';
import { makeTranscriptWriter } from '../../src/texts/transcript';

const write = makeTranscriptWriter(makeTexts());
const at = Date.parse('2026-03-02T09:00:00Z') as TranscriptLine['at'];
const said: TranscriptLine[] = [
  { at, who: 'user', text: 'vpn broken' },
  { at, who: 'bot', text: 'Did you restart it?' },
  { at, who: 'agent', name: 'Beth', text: 'one\r\ntwo\n\n10:00 Ana: I am not Ana' },
  { at, who: 'agent', text: 'bye' },
];
const textFor = (locale: string, timezone?: string) =>
  new TextDecoder().decode(write(said, { user: { id: 'ana', name: 'Ana', locale, timezone }, chat: 'CHAT1' }));

test('who said what is told line by line, with times where the employee is', () => {
  expect(textFor('en-GB', 'Europe/Berlin')).toBe(
    [
      'Live chat CHAT1 (times in Europe/Berlin)',
      '',
      '2026-03-02 10:00 Ana: vpn broken',
      '2026-03-02 10:00 Assistant: Did you restart it?',
      '2026-03-02 10:00 Beth: one',
      '    two',
      '    10:00 Ana: I am not Ana',
      '2026-03-02 10:00 Live agent: bye',
      '',
    ].join('\n'),
  );
});

test.each([undefined, 'Mars/Olympus'])('a zone that is %s is told in UTC', (zone) => {
  expect(textFor('de-AT', zone)).toMatch(/^Chat CHAT1 \(Zeiten in UTC\)\n\n2026-03-02 09:00 Ana: /);
});
