/** Everything that is wrong with the configuration, one line for each variable: its name, what is wrong, what it should be. */
export class ConfigProblems extends Error {
  override readonly name = 'ConfigProblems';

  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}
