/** A text that tells in a thread that a support session is over. */
export interface Closing {
  readonly id: string;
  /** What an agent reads who chooses it. */
  readonly label: string;
  /** `{name}` stands for the agent; null: nothing is said. */
  readonly text: string | null;
}

/** Closing texts by kind and language; English ids have no language in them. */
export const closings: readonly Closing[] = [
  closing('closed', '{name} has closed the support session'),
  closing('left', '{name} has left the support session'),
  closing('was-closed', 'The support session was closed.'),
  { id: 'none', label: 'No text', text: null },
  closing('closed-de', '{name} hat die Support-Sitzung geschlossen'),
  closing('closed-fr', '{name} a fermé la session de support'),
  closing('closed-es', '{name} ha cerrado la sesión de soporte'),
  closing('closed-ja', '{name} がサポートセッションを終了しました'),
  closing('left-de', '{name} hat die Support-Sitzung verlassen'),
  closing('left-fr', '{name} a quitté la session de support'),
  closing('left-es', '{name} ha abandonado la sesión de soporte'),
  closing('left-ja', '{name} がサポートセッションから退出しました'),
  closing('was-closed-de', 'Die Support-Sitzung wurde geschlossen.'),
  closing('was-closed-fr', 'La session de support a été fermée.'),
  closing('was-closed-es', 'La sesión de soporte se ha cerrado.'),
  closing('was-closed-ja', 'サポートセッションは終了しました。'),
];

/** The text of a closing by its id; anything that is no id is a text of its own. */
export function closingText(wording: string): string | null {
  const known = closings.find((each) => each.id === wording);
  return known ? known.text : wording;
}

/** The text with the name in it. */
export function withName(text: string, name: string): string {
  return text.replaceAll('{name}', name);
}

function closing(id: string, text: string): Closing {
  return { id, label: withName(text, '…'), text };
}
