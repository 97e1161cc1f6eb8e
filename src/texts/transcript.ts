import type { TranscriptLine } from '../conversation/step';
import type { Employee } from '../conversation/types';
import type { Texts } from './texts';

/** Writes what was said in a chat down for its employee, in the order in which it was said, with times in her zone. */
export function makeTranscriptWriter(texts: Texts) {
  return (said: readonly TranscriptLine[], about: { readonly user: Employee; readonly chat: string }): Uint8Array => {
    const { user, chat } = about;
    const { zone, timeOf } = timesIn(user.timezone);
    const title = texts.say(user.locale, 'teams.transcript.title', { chat, zone });
    const lines = said.map((line) => {
      const words = line.text.trim().replace(/\s*[\r\n\u2028\u2029]+/g, '\n    ');
      return `${timeOf(line.at)} ${speaker(line, user, texts)}: ${words}`;
    });
    return new TextEncoder().encode([title, '', ...lines, ''].join('\n'));
  };
}

function speaker({ who, name }: TranscriptLine, user: Employee, texts: Texts): string {
  if (who === 'user') return user.name;
  return who === 'bot'
    ? texts.say(user.locale, 'agent.brief.assistant')
    : name || texts.say(user.locale, 'teams.agent');
}

/** A zone that this machine does not know is told in UTC. */
function timesIn(zone = 'UTC'): { readonly zone: string; timeOf(at: number): string } {
  try {
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
    return { zone, timeOf: (at) => format.format(at) };
  } catch (error) {
    if (zone === 'UTC' || !(error instanceof RangeError)) throw error;
    return timesIn();
  }
}
