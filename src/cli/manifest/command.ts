import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { problemsOf } from './check';
import { assemble, filesOf } from './package';
import { type AppSettings, readSettings } from './settings';
import { zip } from './zip';

/** What the command works on and where it says what it did. */
export interface ManifestCommand {
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** The folder that `--out` is relative to. */
  readonly cwd: string;
  /** The folder with the product's `manifest/`. */
  readonly root: string;
  readonly productVersion: string;
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

/** Writes the app package and answers the exit code: 0, or 2 when something is wrong and nothing was written. */
export async function writeAppPackage(command: ManifestCommand): Promise<number> {
  const target = readTarget(command);
  const read = readSettings(command.env, command.productVersion);
  if (target === undefined || !read.ok) {
    return refuse(command, [...(target === undefined ? [usage] : []), ...(read.ok ? [] : read.problems)]);
  }
  const content = await assemble(join(command.root, 'manifest'), { ...read.settings });
  const problems = await problemsOf(content);
  if (problems.length > 0) return refuse(command, problems);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, await zip(filesOf(content)));
  command.out(done(relative(command.cwd, target) || target, read.settings));
  if (read.placeholders.length > 0) command.err(placeholderNote(read.placeholders));
  return 0;
}

const usage = 'arguments: only "--out FILE" is known; it should name the file to write';

function refuse(command: ManifestCommand, problems: readonly string[]): number {
  for (const problem of problems) command.err(problem);
  return 2;
}

function readTarget({ args, cwd, root }: ManifestCommand): string | undefined {
  try {
    const { values } = parseArgs({ args: [...args], options: { out: { type: 'string' } } });
    if (values.out === '') return undefined;
    return values.out === undefined ? join(root, 'manifest', 'build', 'teams-app.zip') : resolve(cwd, values.out);
  } catch {
    return undefined;
  }
}

function done(file: string, { TEAMS_APP_NAME, TEAMS_APP_VERSION, TEAMS_APP_ID, MicrosoftAppId }: AppSettings): string {
  return (
    `Wrote ${file}: ${TEAMS_APP_NAME} ${TEAMS_APP_VERSION}, app id ${TEAMS_APP_ID}, bot id ${MicrosoftAppId}. ` +
    'Next: upload it in Teams under Apps > Manage your apps > Upload an app, or for everybody in the Teams admin center.'
  );
}

function placeholderNote(names: readonly string[]): string {
  return `Good enough to try, but a placeholder stands in for ${names.join(' and ')}. Set what is missing before others install the app.`;
}
