import type { Finding } from './finding';
import { isSound, type Looked } from './run';

const labels: Readonly<Record<Finding['verdict'], string>> = {
  good: 'good   ',
  broken: 'BROKEN ',
  risk: 'risk   ',
  unseen: 'unseen ',
};

/** The findings for people: area by area, each trouble with why it matters, who can mend it, and how. */
export function textOf(looked: readonly Looked[]): string[] {
  const areas = [...new Set(looked.map(({ area }) => area))];
  const lines = areas.flatMap((area) => [
    area,
    ...looked.filter((one) => one.area === area).flatMap(({ findings }) => findings.flatMap(linesOf)),
    '',
  ]);
  return [...lines, summaryOf(looked)];
}

function linesOf(finding: Finding): string[] {
  const first = `  ${labels[finding.verdict]} ${finding.what}`;
  if (finding.verdict === 'good') return [first];
  const indent = ' '.repeat(10);
  return [first, `${indent}why:  ${finding.why}`, `${indent}who:  ${finding.who}`, `${indent}step: ${finding.step}`];
}

function summaryOf(looked: readonly Looked[]): string {
  const { broken, risk, unseen, good } = countsOf(looked);
  const counts = `${broken} broken, ${risk} at risk, ${unseen} not to be seen from here, ${good} good`;
  return `${isSound(looked) ? 'Nothing is broken' : 'Something is broken'}: ${counts}.`;
}

/** The same for machines, as `--json` prints it. */
export function recordOf(looked: readonly Looked[]) {
  return {
    ok: isSound(looked),
    counts: countsOf(looked),
    findings: looked.flatMap(({ check, area, findings }) => findings.map((finding) => ({ check, area, ...finding }))),
  };
}

function countsOf(looked: readonly Looked[]): Readonly<Record<Finding['verdict'], number>> {
  const counts = { broken: 0, risk: 0, unseen: 0, good: 0 };
  for (const { findings } of looked) for (const { verdict } of findings) counts[verdict] += 1;
  return counts;
}
