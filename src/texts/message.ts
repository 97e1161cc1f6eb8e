import { IntlMessageFormat } from 'intl-messageformat';

type Ast = ReturnType<IntlMessageFormat['getAst']>;

export type Values = Readonly<Record<string, string | number>>;

/** One ICU message, prepared once. Throws a SyntaxError when the text is no ICU message. */
export interface Message {
  /** The names of the values that the text uses, without the `hasX` flags. */
  readonly uses: ReadonlySet<string>;
  /** Puts the values in as data: what they hold is never read as a message. */
  format(values: Values): string;
}

export function prepareMessage(text: string, locale: string): Message {
  const format = new IntlMessageFormat(text, locale, undefined, { ignoreTag: true });
  const uses = new Set([...argumentsOf(format.getAst())].map(valueNamed));
  return { uses, format: (values) => String(format.format<string>(complete(uses, values))) };
}

/** The value that a name in a message stands for: `hasWait` asks about `wait`. */
function valueNamed(name: string): string {
  const flag = /^has([A-Z])(.*)$/.exec(name);
  return flag ? `${flag[1]?.toLowerCase()}${flag[2]}` : name;
}

/** Every value that the message may ask for, with its flag; what is not known is empty. */
function complete(uses: ReadonlySet<string>, values: Values): Record<string, string | number> {
  const all: Record<string, string | number> = {};
  for (const name of uses) {
    const value = values[name] ?? '';
    all[name] = value;
    all[`has${name.charAt(0).toUpperCase()}${name.slice(1)}`] = value === '' ? 'no' : 'yes';
  }
  return all;
}

function argumentsOf(ast: Ast, found = new Set<string>()): Set<string> {
  for (const element of ast) {
    if ('options' in element) {
      for (const option of Object.values(element.options)) argumentsOf(option.value, found);
    }
    const isArgument = element.type >= 1 && element.type <= 6;
    if (isArgument && 'value' in element) found.add(element.value);
  }
  return found;
}
