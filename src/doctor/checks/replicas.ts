import type { StoreFacts } from '../../store/inspect';
import type { Check } from '../check';
import { broken, type Finding, good, risk } from '../finding';

type Reached = Extract<StoreFacts, { kind: 'postgres'; reached: true }>;

/** How many connectors work over the database, and whether one of them reads. */
export const replicas: Check = {
  id: 'connector.replicas',
  area: 'This connector',
  async look({ store, config }) {
    const facts = await store();
    if (facts.kind === 'file') return [good('One file serves one connector: several replicas would need PostgreSQL.')];
    const pooler = config.database.kind === 'postgres' ? throughPooler(config.database.url) : [];
    return facts.reached ? [...pooler, judged(facts)] : pooler;
  },
};

function judged({ replicas: { alive }, hasReader, place }: Reached): Finding {
  if (alive === 0) return good(`No replica works over ${place} at the moment.`);
  const count = `${alive} ${alive === 1 ? 'replica works' : 'replicas work'} over ${place}`;
  if (hasReader) return good(`${count}, and one of them reads for all.`);
  return broken({
    what: `${count}, but none of them reads the threads.`,
    why: 'What agents write does not reach the employees.',
    who: 'who runs the connector',
    step: 'Run the doctor again in ten seconds: at a change of hands nobody reads for a moment. If it stays so, restart the replicas one after the other and keep their logs.',
  });
}

/** A pooler that gives each transaction another connection loses what a replica listens for. */
function throughPooler(url: string): Finding[] {
  const { hostname, port, searchParams } = new URL(url);
  const isPooler =
    port === '6432' || /(^|[.-])(pooler|pgbouncer)([.-]|$)/i.test(hostname) || searchParams.has('pgbouncer');
  if (!isPooler) return [];
  return [
    risk({
      what: 'DATABASE_URL seems to lead through a connection pooler.',
      why: 'In transaction mode replicas do not hear each other, and words between two replicas are up to five seconds late.',
      who: 'database administrator',
      step: 'Name the database server itself in DATABASE_URL (its own port, usually 5432), or set the pooler to session mode.',
    }),
  ];
}
