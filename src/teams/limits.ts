/**
 * What Teams takes from one bot before it answers 429: per conversation, counting every POST, typing included, and per tenant.
 * The tenant's number is the lower one of the two that Microsoft has published.
 */
export const teamsLimits = {
  perConversation: [
    { count: 7, perMs: 1_000 },
    { count: 8, perMs: 2_000 },
    { count: 60, perMs: 30_000 },
    { count: 1_800, perMs: 3_600_000 },
  ],
  perTenant: { count: 30, perMs: 1_000 },
} as const;

/**
 * Room for the text of one message, in UTF-16 units. Teams takes about 100 KB of UTF-16 for a whole message, and asks to stay
 * under 80; together the two numbers do.
 */
export const longestText = 18_000;

/** Room for the whole message, cards included and pictures inside it left out, in UTF-16 units. */
export const longestBody = 20_000;
