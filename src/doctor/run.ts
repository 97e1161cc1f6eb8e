import { ApiFailure } from '../conversation/failures';
import type { Area, Check } from './check';
import { broken, type Finding, unseen } from './finding';
import type { DoctorParts } from './parts';
import { reasonOf } from './reasons';

/** What a check found. */
export interface Looked {
  readonly check: string;
  readonly area: Area;
  readonly findings: readonly Finding[];
}

/** Makes all looks at once; the order of the list is kept. */
export function lookAtAll(checks: readonly Check[], parts: DoctorParts): Promise<Looked[]> {
  return Promise.all(
    checks.map(async (check) => ({
      check: check.id,
      area: check.area,
      findings: await check.look(parts).catch((error: unknown) => [troubleOf(check, error)]),
    })),
  );
}

/** True when nothing was found that does not work. */
export function isSound(looked: readonly Looked[]): boolean {
  return looked.every(({ findings }) => findings.every(({ verdict }) => verdict !== 'broken'));
}

/** A far side that ceases to answer while it is looked at is in trouble; what else comes is a fault of the doctor's own. */
function troubleOf(check: Check, error: unknown): Finding {
  if (!(error instanceof ApiFailure)) return stumbled(check, error);
  const { words, who, step } = reasonOf(error, 'who runs the connector');
  return broken({
    what: `${check.area} ceased to answer while it was looked at (${check.id}): ${words}.`,
    why: 'The same call fails for the connector.',
    who,
    step: `Run the doctor again. If it stays so: ${step}`,
  });
}

/** A fault of the doctor's own says nothing about the set-up, and its message could hold anything. */
function stumbled({ id }: Check, error: unknown): Finding {
  const name = error instanceof Error ? error.name : 'unknown';
  return unseen({
    what: `The check ${id} could not be made (${name}).`,
    why: 'Nothing is known about this part of the set-up.',
    who: 'who runs the connector',
    step: 'Run the doctor again; if this comes again, report it with the version of the connector and of Node.',
  });
}
