import type { StoreFacts } from '../../store/inspect';
import type { Check } from '../check';
import { broken, type Finding, good, risk } from '../finding';
import { reasonOf } from '../reasons';

type FileFacts = Extract<StoreFacts, { kind: 'file' }>;
type PostgresFacts = Extract<StoreFacts, { kind: 'postgres' }>;
type Reached = Extract<PostgresFacts, { reached: true }>;

const noStart = 'The connector does not start; without its database it takes no turn.';
const oldestPostgres = 130_000;
const mb = 1_000_000;

/** Whether the database can be used, and is of a version that this program works with. */
export const database: Check = {
  id: 'connector.database',
  area: 'This connector',
  async look({ store }) {
    const facts = await store();
    const found = facts.kind === 'file' ? onFile(facts) : onPostgres(facts);
    return found.length > 0 ? found : [good(summaryOf(facts))];
  },
};

function summaryOf(facts: StoreFacts): string {
  if (facts.kind === 'file') {
    const { path, file, schema, knownSchema } = facts;
    if (file !== 'ours') return `The database ${path} will be made at the start.`;
    return `The database ${path} is there (${schemaOf(schema, knownSchema)}).`;
  }
  const { place, knownSchema } = facts;
  const schema = facts.reached && facts.schema ? `schema ${facts.schema.version}` : 'not used yet';
  const version = facts.reached ? facts.shownVersion : '';
  return `PostgreSQL ${version} at ${place} can be used (${schema}; this program knows ${knownSchema}).`;
}

function schemaOf(schema: number | undefined, known: number): string {
  if (schema === undefined) return 'a connector works in it';
  return `schema ${schema}; this program knows ${known}${schema < known ? ' and upgrades it at its start' : ''}`;
}

function onFile({ path, file, schema = 0, knownSchema, isWritable, free, fileSystem }: FileFacts): Finding[] {
  const found: Finding[] = [];
  if (file === 'unreadable' || !isWritable) found.push(noAccess(path));
  if (file === 'foreign') found.push(foreign(path));
  if (file === 'ours' && schema > knownSchema) found.push(newer(path, schema, knownSchema));
  if (fileSystem !== 'local') found.push(elsewhere(path, fileSystem));
  if (free < 1_000 * mb) found.push(full(path, free));
  return found;
}

function noAccess(path: string): Finding {
  return broken({
    what: `The database ${path} or its folder cannot be read and written by this user.`,
    why: noStart,
    who: 'who runs the connector',
    step: `Give the user that runs the connector the right to write into the folder of ${path}, or name another place in DATABASE_URL. (The doctor has to run as the same user.)`,
  });
}

function foreign(path: string): Finding {
  return broken({
    what: `${path} is not a database.`,
    why: noStart,
    who: 'who runs the connector',
    step: 'Name another file in DATABASE_URL, or restore a backup.',
  });
}

function newer(place: string, schema: number, known: number): Finding {
  return broken({
    what: `The database ${place} was upgraded by a newer version of the connector (schema ${schema}; this program knows ${known}).`,
    why: noStart,
    who: 'who runs the connector',
    step: 'Start the newer version again, or restore a backup from before the upgrade.',
  });
}

function elsewhere(path: string, fileSystem: 'network' | 'shared'): Finding {
  const trouble = {
    why: 'Locks and writes are not reliable there: the file can be damaged, and two connectors can work in it at once.',
    who: 'who runs the connector',
    step: 'Name a file on a local or managed block disk in DATABASE_URL, or use PostgreSQL.',
  } as const;
  return fileSystem === 'network'
    ? broken({ what: `The database ${path} lies on a network share.`, ...trouble })
    : risk({ what: `The database ${path} lies in a folder that is passed through from elsewhere.`, ...trouble });
}

function full(path: string, free: number): Finding {
  const trouble = {
    what: `Only ${Math.floor(free / mb)} MB are left on the disk of ${path}.`,
    why: 'On a full disk no turn can be stored: Teams gets 503, and employees see no answer.',
    who: 'who runs the connector',
    step: 'Make room, or move the database: some GB should be free. RETENTION_DAYS says how long transcripts are kept.',
  } as const;
  return free < 50 * mb ? broken(trouble) : risk(trouble);
}

function onPostgres(facts: PostgresFacts): Finding[] {
  if (!facts.reached) return [unreached(facts.place, facts.code)];
  return [...serverTroubles(facts), ...schemaTroubles(facts)];
}

const refusals: Readonly<Record<string, { readonly words: string; readonly step: string }>> = {
  '28P01': {
    words: 'it does not accept the password',
    step: 'Correct user and password in DATABASE_URL (characters such as @ or / in it have to be written %40, %2F).',
  },
  '28000': {
    words: 'it does not let this user in from here',
    step: 'Allow the user and the address of this machine in pg_hba.conf; where it wants TLS, add ?sslmode=require to DATABASE_URL.',
  },
  '3D000': {
    words: 'it has no database of this name',
    step: 'Make it (CREATE DATABASE … ENCODING UTF8), or correct the name in DATABASE_URL.',
  },
  '53300': { words: 'all its connections are taken', step: 'Raise max_connections, or let others use fewer.' },
};

function unreached(place: string, code: string): Finding {
  const known = refusals[code];
  const { words, who, step } = known
    ? { ...known, who: 'database administrator' as const }
    : reasonOf({ code }, 'database administrator');
  return broken({ what: `The database ${place} (DATABASE_URL) cannot be used: ${words}.`, why: noStart, who, step });
}

function serverTroubles(facts: Reached): Finding[] {
  const { place, version, shownVersion, isStandby, isReadOnly, isUtf8, connectionsLeft } = facts;
  const found: Finding[] = [];
  const who = 'database administrator';
  if (version < oldestPostgres) {
    const step = 'Upgrade the server to version 13 or newer.';
    found.push(broken({ what: `PostgreSQL ${shownVersion} at ${place} is too old.`, why: noStart, who, step }));
  }
  if (isStandby || isReadOnly) {
    const what = `The database ${place} can only be read${isStandby ? ': it is a standby' : ''}.`;
    found.push(broken({ what, why: noStart, who, step: 'Name the primary server in DATABASE_URL.' }));
  }
  if (!isUtf8) {
    const why = 'Words with characters that its encoding lacks cannot be stored: such turns are refused.';
    const step = 'Make a database with ENCODING UTF8 and name it in DATABASE_URL.';
    found.push(broken({ what: `The database ${place} is not encoded in UTF-8.`, why, who, step }));
  }
  if (connectionsLeft < 10) {
    const what = `The server of ${place} has only ${connectionsLeft} connections left.`;
    const why = 'Each replica of the connector takes five; without one it takes no turn.';
    found.push(risk({ what, why, who, step: 'Raise max_connections, or let others use fewer.' }));
  }
  return found;
}

function schemaTroubles({ place, schema, knownSchema, mayCreate }: Reached): Finding[] {
  if (schema && schema.oldestProgram > knownSchema) return [newer(place, schema.version, knownSchema)];
  if ((schema?.version ?? 0) >= knownSchema || mayCreate) return [];
  return [
    broken({
      what: `The user of ${place} may not create tables, and the schema is ${schema ? 'to be upgraded' : 'not made yet'}.`,
      why: noStart,
      who: 'database administrator',
      step: 'GRANT CREATE ON SCHEMA public TO the user in DATABASE_URL (or make the user the owner of the database).',
    }),
  ];
}
