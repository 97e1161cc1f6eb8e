import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseDocument } from 'yaml';
import { type Fields, isFields } from '../../rasa/schema';
import { type Domain, domainShape } from '../rasa-domain';

/** One YAML file of the project. */
export interface ProjectFile {
  readonly name: string;
  readonly content: Fields;
}

/** A Rasa bot's project, as far as hand-offs are concerned. */
export interface Project {
  readonly files: readonly ProjectFile[];
  /** `file:line` of what is no YAML, or no domain. */
  readonly unreadable: readonly string[];
  /** All domain files together; absent when there is none. */
  readonly domain?: Domain;
}

/** Folders in which no part of the running bot lies. */
const aside = new Set(['node_modules', 'models', 'tests', 'results', 'venv', 'env', 'cache']);
const mostFiles = 2_000;
const largestFile = 5_000_000;
const domainKeys = ['intents', 'slots', 'responses', 'actions', 'forms', 'entities'] as const;
/** Files that Rasa knows by their names, and which are no domain. */
const otherFiles = /(^|[\\/])(credentials|endpoints|config)[\w.-]*\.ya?ml$/;

/** Reads every YAML file in a folder. Throws when the folder cannot be read. */
export function readProject(folder: string): Project {
  const read = yamlFiles(folder).map((file) => readOne(folder, file));
  const files = read.flatMap((one) => (typeof one === 'string' ? [] : [one]));
  const broken = read.filter((one) => typeof one === 'string');
  const domains = files.filter(isDomain).map(({ name, content }) => ({ name, domain: domainShape.safeParse(content) }));
  const good = domains.flatMap(({ domain }) => (domain.success ? [domain.data] : []));
  const wrong = domains.flatMap(({ name, domain }) =>
    domain.success ? [] : [`${name} (${domain.error.issues[0]?.path.join('.')})`],
  );
  return { files, unreadable: [...broken, ...wrong], ...(good.length > 0 ? { domain: merged(good) } : {}) };
}

function yamlFiles(folder: string): string[] {
  const found: string[] = [];
  const visit = (place: string) => {
    for (const entry of readdirSync(place, { withFileTypes: true })) {
      if (entry.name.startsWith('.') || found.length >= mostFiles) continue;
      const path = join(place, entry.name);
      if (entry.isDirectory() && !aside.has(entry.name)) visit(path);
      if (entry.isFile() && /\.ya?ml$/.test(entry.name) && statSync(path).size <= largestFile) found.push(path);
    }
  };
  visit(folder);
  return found.sort();
}

/** What stands in the file; of one that is no YAML, where that begins. Only places are told: it could hold a secret. */
function readOne(folder: string, path: string): ProjectFile | string {
  const name = relative(folder, path);
  try {
    const document = parseDocument(readFileSync(path, 'utf8'), { logLevel: 'silent' });
    const [error] = document.errors;
    if (error) return `${name}:${error.linePos?.[0].line ?? 1}`;
    const content: unknown = document.toJS();
    return { name, content: isFields(content) ? content : {} };
  } catch {
    return `${name}:1`;
  }
}

function isDomain({ name, content }: ProjectFile): boolean {
  return !otherFiles.test(name) && domainKeys.some((key) => key in content);
}

/** As Rasa puts the files of a domain folder together. */
function merged(domains: readonly Domain[]): Domain {
  return {
    intents: domains.flatMap(({ intents }) => intents ?? []),
    actions: domains.flatMap(({ actions }) => actions ?? []),
    slots: Object.assign({}, ...domains.map(({ slots }) => slots ?? {})),
    responses: Object.assign({}, ...domains.map(({ responses }) => responses ?? {})),
    forms: Object.assign({}, ...domains.map(({ forms }) => forms ?? {})),
  };
}
