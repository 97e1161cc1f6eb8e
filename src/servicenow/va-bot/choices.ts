import type { Item } from './schema';

/** One answer that a question offers: what the employee reads, and what the instance wants to hear. */
export interface Choice {
  readonly label: string;
  readonly value: string;
}

const questions: ReadonlySet<string> = new Set([
  'InputText',
  'FileUpload',
  'Picker',
  'TopicPickerControl',
  'Boolean',
  'Date',
  'DateTime',
  'Time',
  'MultiPartOutput',
]);

/** True of what wants an answer of the employee's. */
export function isQuestion({ uiType }: Item): boolean {
  return questions.has(uiType);
}

/** What can be answered, in order; nothing where anything can. */
export function choicesOf({ uiType, options = [], navigationBtnLabel }: Item): Choice[] {
  if (uiType === 'MultiPartOutput') return [{ label: navigationBtnLabel ?? 'More', value: 'click_for_more' }];
  const given = options.flatMap(({ label, value }) => {
    const text = label ?? value;
    return text === undefined ? [] : [{ label: text, value: value ?? text }];
  });
  if (given.length > 0 || uiType !== 'Boolean') return given;
  return [
    { label: 'Yes', value: 'true' },
    { label: 'No', value: 'false' },
  ];
}

/** What the employee's words mean as an answer: the choice that she names or counts, else what she wrote. */
export function answerTo(
  question: Item | undefined,
  words: string,
): { readonly text: string; readonly typed: boolean } {
  const choices = question ? choicesOf(question) : [];
  const said = words.trim().toLowerCase();
  const named = choices.find(({ label, value }) => [label, value].some((text) => text.trim().toLowerCase() === said));
  const counted = /^\d{1,3}$/.test(said) ? choices[Number(said) - 1] : undefined;
  const choice = named ?? counted;
  return choice ? { text: choice.value, typed: false } : { text: words, typed: true };
}
