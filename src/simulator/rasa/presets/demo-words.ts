/** What the demo assistant helps with. */
export type Topic = 'vpn' | 'password' | 'equipment';

/** What the demo assistant says, in one language. */
export interface DemoWords {
  readonly greeting: string;
  readonly thanks: string;
  readonly restart: string;
  readonly solved: string;
  readonly welcomeBack: string;
  readonly stillThere: string;
  readonly fallback: string;
  readonly vpn: readonly string[];
  readonly password: readonly string[];
  readonly ordered: string;
  readonly catalogue: string;
  readonly devices: readonly { readonly title: string; readonly subtitle: string }[];
  readonly order: string;
  readonly connecting: string;
  readonly fixed: string;
  readonly agent: string;
  /** Button titles. */
  readonly choices: Readonly<Record<Topic, string>>;
  /** What the agent reads about the trouble. */
  readonly problems: Readonly<Record<Topic | 'other', string>>;
}
