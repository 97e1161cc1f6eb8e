import { ApiFailure } from '../conversation/failures';

/** Fills the names of a path template. Every value is an id that was checked, and encoded all the same. */
export type FillPath = (template: string, ids: Readonly<Record<string, string>>) => string;

/** The only way in which an id gets into an address. Throws an ApiFailure for what is none. */
export function makePaths(base: string, idPattern: string): FillPath {
  const pattern = new RegExp(idPattern);
  const checked = (name: string, id: string | undefined): string => {
    if (id !== undefined && pattern.test(id)) return encodeURIComponent(id);
    const message = `servicenow: the ${name} is no id that may stand in an address`;
    throw new ApiFailure({ upstream: 'servicenow', kind: 'rejected', certain: true, message });
  };
  return (template, ids) => base + template.replace(/\{(\w+)\}/g, (_, name: string) => checked(name, ids[name]));
}
