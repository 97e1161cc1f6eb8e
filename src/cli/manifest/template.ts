/** What a JSON file can hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What stands for each placeholder. A name without a value takes away the field or list item that consists of it. */
export type Values = Readonly<Record<string, string | undefined>>;

const placeholder = /\{\{([^{}]+)\}\}/g;

/** The template with a value for each `{{NAME}}`. A name that nobody knows is an error. */
export function fill(template: Json, values: Values): Json {
  return filled(template, values) ?? null;
}

function filled(node: Json, values: Values): Json | undefined {
  if (typeof node === 'string') return filledText(node, values);
  if (isList(node)) return node.flatMap((item) => filled(item, values) ?? []);
  if (typeof node !== 'object' || node === null) return node;
  const fields = Object.entries(node).flatMap(([key, value]) => {
    const result = filled(value, values);
    return result === undefined ? [] : [[key, result] as const];
  });
  return Object.fromEntries(fields);
}

function filledText(text: string, values: Values): string | undefined {
  const names = [...text.matchAll(placeholder)].map((match) => match[1] ?? '');
  for (const name of names) {
    if (!Object.hasOwn(values, name)) throw new Error(`there is no value named "${name}" for the text "${text}"`);
  }
  if (names.some((name) => values[name] === undefined)) return undefined;
  return text.replace(placeholder, (_, name: string) => values[name] ?? '');
}

function isList(node: Json): node is readonly Json[] {
  return Array.isArray(node);
}
