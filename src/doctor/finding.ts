/** Who can mend what was found. */
export type Who =
  | 'who runs the connector'
  | 'Azure administrator'
  | 'Teams administrator'
  | 'ServiceNow administrator'
  | 'who runs Rasa'
  | 'author of the Rasa bot'
  | 'database administrator'
  | 'network administrator';

/** What is not as it should be, with everything that is needed to mend it. */
export interface Trouble {
  readonly what: string;
  /** What people notice of it. */
  readonly why: string;
  readonly who: Who;
  /** The exact step that mends it. */
  readonly step: string;
}

/**
 * What one look found. `broken`: it does not work. `risk`: it works, and will hurt somebody. `unseen`: it cannot be seen from here, and
 * the step says how to look.
 */
export type Finding =
  | { readonly verdict: 'good'; readonly what: string }
  | ({ readonly verdict: 'broken' | 'risk' | 'unseen' } & Trouble);

export function good(what: string): Finding {
  return { verdict: 'good', what };
}

export function broken(trouble: Trouble): Finding {
  return { verdict: 'broken', ...trouble };
}

export function risk(trouble: Trouble): Finding {
  return { verdict: 'risk', ...trouble };
}

export function unseen(trouble: Trouble): Finding {
  return { verdict: 'unseen', ...trouble };
}
