/**
 * Characters that the formats leave in the text for what comes after them. They are control characters, which no message
 * keeps, so that a mark that comes from outside does no more than go away.
 */
export const marks = {
  /** Stands where the document was too deep to be read. */
  tooDeep: '\u0000',
  /** Here begins code: its indentation is part of it. */
  code: '\u0001',
  /** Here the bot itself was mentioned. */
  ownMention: '\u0002',
} as const;
