/** What a terminal obeys, what some readers take for the end of a line, and what turns text around. */
const unseen = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;
const longest = 500;

/** The fields of a log line, whose texts are nothing but text: one line, of bounded length, whatever came from outside. */
export function plainFields(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, plain(value)]));
}

function plain(value: unknown): unknown {
  if (typeof value === 'string') return value.slice(0, longest).replace(unseen, '\ufffd');
  return Array.isArray(value) ? value.slice(0, 50).map(plain) : value;
}
