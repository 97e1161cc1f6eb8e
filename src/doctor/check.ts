import type { Finding } from './finding';
import type { DoctorParts } from './parts';

/** The part of the whole that a check is about. */
export type Area = 'Microsoft Teams' | 'ServiceNow' | 'Rasa' | 'This connector';

/** One look at a set-up. It changes nothing: what it sends are GETs, and requests for a token. */
export interface Check {
  /** Stands in `--json`; never changes. */
  readonly id: string;
  readonly area: Area;
  look(parts: DoctorParts): Promise<readonly Finding[]>;
}
