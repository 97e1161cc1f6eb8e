/** Why a file of the employee's is not passed on. */
export type FileRefusal =
  | 'empty'
  | 'too_large'
  /** Programs and what starts them. */
  | 'dangerous'
  /** Its content is not what its name or its type says. */
  | 'not_what_it_says'
  /** Its address does not exist any more, or is for others. */
  | 'expired'
  /** It lies where files are not fetched from. */
  | 'elsewhere'
  | 'unavailable'
  /** The help desk did not take it. */
  | 'not_taken';
