import type { Answer } from '../../upstream/call';
import type { Check } from '../check';
import { broken, type Finding, good, risk, unseen } from '../finding';
import type { DoctorParts } from '../parts';

/** So far the clocks of Microsoft and this machine may be apart before tokens are refused. */
const mostSkewMs = 300_000;
/** A machine whose clock is kept right is nearer than this. */
const usualSkewMs = 30_000;

const mend =
  'Let this machine keep its clock by NTP (timedatectl set-ntp true; a container has the clock of its host).';

/** Whether this machine's clock agrees with those of the far sides, as their answers show them. */
export const clock: Check = {
  id: 'connector.clock',
  area: 'This connector',
  async look(parts) {
    const [microsoft, serviceNow] = await Promise.all([
      skewOf(parts, parts.config.teams.appId ? parts.signingMetadata : undefined),
      skewOf(parts, parts.instance.door),
    ]);
    if (microsoft === undefined && serviceNow === undefined) return [notSeen()];
    const found = [...againstMicrosoft(microsoft), ...againstServiceNow(serviceNow, microsoft)];
    return found.length > 0 ? found : [good('The clock of this machine is right.')];
  },
};

/** How far they are ahead of us; an answer's date has whole seconds and was written some time before it came. */
async function skewOf({ now }: DoctorParts, ask: (() => Promise<Answer>) | undefined): Promise<number | undefined> {
  if (!ask) return undefined;
  const answer = await ask().catch(() => undefined);
  const theirs = Date.parse(answer?.headers.date ?? '');
  return Number.isNaN(theirs) ? undefined : theirs - now();
}

function againstMicrosoft(skewMs = 0): Finding[] {
  if (Math.abs(skewMs) < usualSkewMs) return [];
  const what = `The clock of this machine is ${apart(skewMs)} Microsoft's.`;
  const who = 'who runs the connector';
  if (Math.abs(skewMs) < mostSkewMs) {
    const why = 'At five minutes every turn from Teams is refused, because its token seems expired or not valid yet.';
    return [risk({ what, why, who, step: mend })];
  }
  const why = 'Every turn from Teams is refused: its token seems expired or not valid yet.';
  return [broken({ what, why, who, step: mend })];
}

/** ServiceNow's times are compared among themselves only. Where Microsoft agrees with us, it is theirs that is wrong. */
function againstServiceNow(skewMs = 0, microsoft?: number): Finding[] {
  if (Math.abs(skewMs) < usualSkewMs) return [];
  const isTheirs = microsoft !== undefined && Math.abs(microsoft) < usualSkewMs;
  return [
    risk({
      what: `The clock of this machine is ${apart(skewMs)} ServiceNow's.`,
      why: 'Chats are not harmed, but times in the transcript for the agent do not fit those of the thread.',
      who: isTheirs ? 'ServiceNow administrator' : 'who runs the connector',
      step: isTheirs ? 'Look at the time of the instance; this machine agrees with Microsoft.' : mend,
    }),
  ];
}

function apart(skewMs: number): string {
  const seconds = Math.round(Math.abs(skewMs) / 1_000);
  const far = seconds < 120 ? `${seconds} seconds` : `${Math.round(seconds / 60)} minutes`;
  return `${far} ${skewMs > 0 ? 'behind' : 'ahead of'}`;
}

function notSeen(): Finding {
  return unseen({
    what: 'No other clock could be seen to compare this machine with.',
    why: 'A clock that is five minutes wrong lets every turn from Teams be refused.',
    who: 'who runs the connector',
    step: mend,
  });
}
