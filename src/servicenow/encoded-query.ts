import { ApiFailure } from '../conversation/failures';

/**
 * Conditions as ServiceNow reads them: the only place where such a query is put together. A value that could begin another condition, or
 * be evaluated, throws an ApiFailure, and no call is made.
 */
export function encodedQuery(conditions: Readonly<Record<string, string>>, newestFirst?: string): string {
  const parts = Object.entries(conditions).map(([field, value]) => `${plain(field)}=${plain(value)}`);
  return [...parts, ...(newestFirst === undefined ? [] : [`ORDERBYDESC${plain(newestFirst)}`])].join('^');
}

function plain(text: string): string {
  if (/^\w+$/.test(text)) return text;
  const message = 'servicenow: a value that may not stand in a query';
  throw new ApiFailure({ upstream: 'servicenow', kind: 'rejected', certain: true, message });
}
