/** The scope of this application; another one is put here, in `now.config.json` and in `src/fluent`. */
export const scope = 'x_tlc';

/** Tables of this application. */
export const own = {
  chat: 'x_tlc_chat',
  message: 'x_tlc_message',
  change: 'x_tlc_change',
  claim: 'x_tlc_claim',
} as const;

/** Tables of Agent Chat and Advanced Work Assignment. */
export const platform = {
  user: 'sys_user',
  conversation: 'sys_cs_conversation',
  session: 'sys_cs_session',
  binding: 'sys_cs_session_binding',
  message: 'sys_cs_message',
  interaction: 'interaction',
  workItem: 'awa_work_item',
  queue: 'awa_queue',
  profile: 'live_profile',
  attachment: 'sys_attachment',
} as const;

/** System properties of this application. */
export const properties = {
  pushUrl: 'x_tlc.push.url',
  pushSecret: 'x_tlc.push.secret',
  serviceChannel: 'x_tlc.service_channel',
  fallbackRequester: 'x_tlc.fallback_requester',
  presenceMinutes: 'x_tlc.presence_minutes',
  closedMessage: 'x_tlc.closed_message',
  publicVisibility: 'x_tlc.public_visibility',
} as const;
