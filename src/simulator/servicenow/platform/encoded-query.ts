/** A record as the Table API shows it: everything is text. */
export type TableRecord = Readonly<Record<string, string>>;

type Test = (record: TableRecord) => boolean;

const condition = /^(\w+?)(!=|>=|<=|=|>|<|NOT IN|IN|LIKE|STARTSWITH)(.*)$/;

/** The records that an encoded query finds, in its order. What it does not understand is left out, as on the platform. */
export function queried<T extends TableRecord>(records: readonly T[], query: string): T[] {
  const parts = query.split('^').filter((part) => part !== '' && part !== 'EQ');
  const orders = parts.flatMap((part) => orderOf(part) ?? []);
  const tests = alternatives(parts.filter((part) => !part.startsWith('ORDERBY')));
  return records.filter((record) => tests.every((test) => test(record))).sort((a, b) => compared(orders, a, b));
}

/** `a^ORb` are one test; everything else must hold by itself. */
function alternatives(parts: readonly string[]): Test[] {
  const groups: string[][] = [];
  for (const part of parts) {
    if (part.startsWith('OR') && groups.length > 0) groups.at(-1)?.push(part.slice(2));
    else groups.push([part]);
  }
  return groups.flatMap((group) => {
    const tests = group.flatMap((part) => testOf(part) ?? []);
    return tests.length === 0 ? [] : [(record: TableRecord) => tests.some((test) => test(record))];
  });
}

function testOf(part: string): Test | undefined {
  const [, field = '', operator, value = ''] = condition.exec(part) ?? [];
  const is =
    (holds: (found: string) => boolean): Test =>
    (record) =>
      holds(record[field] ?? '');
  switch (operator) {
    case '=':
      return is((found) => found === value);
    case '!=':
      return is((found) => found !== value);
    case '>':
      return is((found) => order(found, value) > 0);
    case '>=':
      return is((found) => order(found, value) >= 0);
    case '<':
      return is((found) => order(found, value) < 0);
    case '<=':
      return is((found) => order(found, value) <= 0);
    case 'IN':
      return is((found) => value.split(',').includes(found));
    case 'NOT IN':
      return is((found) => !value.split(',').includes(found));
    case 'LIKE':
      return is((found) => found.toLowerCase().includes(value.toLowerCase()));
    case 'STARTSWITH':
      return is((found) => found.toLowerCase().startsWith(value.toLowerCase()));
    default:
      return undefined;
  }
}

interface Order {
  readonly field: string;
  readonly sign: 1 | -1;
}

function orderOf(part: string): Order | undefined {
  const [, descending, field] = /^ORDERBY(DESC)?(\w+)$/.exec(part) ?? [];
  return field === undefined ? undefined : { field, sign: descending ? -1 : 1 };
}

function compared(orders: readonly Order[], a: TableRecord, b: TableRecord): number {
  for (const { field, sign } of orders) {
    const found = order(a[field] ?? '', b[field] ?? '');
    if (found !== 0) return sign * found;
  }
  return 0;
}

/** Numbers by their size, all else by its letters. */
function order(a: string, b: string): number {
  const isNumber = /^-?\d+$/;
  if (isNumber.test(a) && isNumber.test(b)) return Number(a) - Number(b);
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
