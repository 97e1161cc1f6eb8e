import { type VariableName, variables } from './variables';

const names = Object.keys(variables) as VariableName[];
/** All that begins so is ours. */
const ours = /^(MicrosoftApp|LIVE_CHAT_)/;
/** Shorter names are other programs' too. */
const shortest = 8;
/** What an orchestrator writes of itself for a service that is called as ours are. */
const ofOrchestrators = /_(SERVICE_(HOST|PORT)\w*|PORT(_\d+_\w+)?)$/;

/**
 * Variables that are set and mean nothing, but look as if they were to: a letter more or less, another case, or a file for what is no secret.
 * A setting that has no effect is one that somebody relies on.
 */
export function misspelt(env: Readonly<Record<string, string | undefined>>): string[] {
  return Object.keys(env)
    .filter((name) => env[name] !== undefined && env[name] !== '' && !isKnown(name) && !ofOrchestrators.test(name))
    .flatMap(problemOf);
}

function isKnown(name: string): boolean {
  return Object.hasOwn(variables, name) || (Object.hasOwn(variables, base(name)) && 'secret' in variables[base(name)]);
}

function base(name: string): VariableName {
  return name.replace(/_FILE$/, '') as VariableName;
}

function problemOf(name: string): string[] {
  if (name.endsWith('_FILE') && Object.hasOwn(variables, base(name))) {
    return [`${name} is set, but ${base(name)} is no secret; it should be set itself`];
  }
  const near = [...names, ...names.map((known) => `${known}_FILE`)].find((known) => isNear(name, known));
  if (near !== undefined) return [`${name} is not known; it should perhaps be ${near}`];
  return ours.test(name) ? [`${name} is not known; it should be one of the variables in .env.example`] : [];
}

function isNear(name: string, known: string): boolean {
  if (known.length < shortest) return false;
  return plain(name) === plain(known) || (Math.abs(name.length - known.length) <= 1 && isOneStep(name, known));
}

function plain(name: string): string {
  return name.replace(/[_-]/g, '').toLowerCase();
}

/** One letter more, less or different, or two that changed places. */
function isOneStep(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1);
  if (short.slice(at + 1) === long.slice(at + 1)) return true;
  return short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2);
}
