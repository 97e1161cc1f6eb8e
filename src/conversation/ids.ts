/** Makes one opaque type per kind of id or time, so that a chat's id cannot be passed where a turn's is due. */
type Branded<T, Name extends string> = T & { readonly __brand: Name };

/** One Teams conversation of one employee: tenant, conversation and user, unique over all tenants. */
export type ConversationKey = Branded<string, 'ConversationKey'>;
/** The Bot Framework activity id of what the employee sent; unique within its conversation. */
export type TurnId = Branded<string, 'TurnId'>;
/** One wish for a live agent; unique within its conversation (it is the id of the turn that led to it). */
export type HandoffId = Branded<string, 'HandoffId'>;
/** ServiceNow's id of a live chat (`live_chat_id`; in Connect Support the conversation's `group`). */
export type ChatId = Branded<string, 'ChatId'>;
/** ServiceNow's id of one row of a chat's thread. */
export type RowId = Branded<string, 'RowId'>;
/** One file of the employee's; unique within its conversation. */
export type FileId = Branded<string, 'FileId'>;
/** Our own clock, epoch milliseconds. */
export type Instant = Branded<number, 'Instant'>;
/** ServiceNow's clock, epoch milliseconds. Compared only with itself: the two clocks may differ by minutes. */
export type ServerTime = Branded<number, 'ServerTime'>;
