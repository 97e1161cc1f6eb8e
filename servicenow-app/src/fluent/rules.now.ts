import { BusinessRule, ScheduledScript } from '@servicenow/sdk/core';
import { onInteraction, onLogged, onMessage, onMinute, onWorkItem } from '../server/instance/on-change';

/** In the transaction of the message itself: an asynchronous rule can be late, or lost. */
BusinessRule({
  $id: Now.ID['rule-message'],
  name: 'Teams Live Chat: log messages of agents',
  table: 'sys_cs_message',
  when: 'after',
  action: ['insert'],
  filterCondition: 'direction=outbound^is_agent=true^q_data_message_typeINsystemTextMessage,consumerTextMessage',
  order: 900,
  script: onMessage,
});

BusinessRule({
  $id: Now.ID['rule-interaction'],
  name: 'Teams Live Chat: log the state of interactions',
  table: 'interaction',
  when: 'after',
  action: ['update'],
  filterCondition: 'stateVALCHANGES^ORassigned_toVALCHANGES',
  order: 900,
  script: onInteraction,
});

BusinessRule({
  $id: Now.ID['rule-work-item'],
  name: 'Teams Live Chat: log who takes a chat',
  table: 'awa_work_item',
  when: 'after',
  action: ['insert', 'update'],
  filterCondition: 'document_table=interaction',
  order: 900,
  script: onWorkItem,
});

/** Asynchronous: the connector's answer is waited for by nobody. */
BusinessRule({
  $id: Now.ID['rule-push'],
  name: 'Teams Live Chat: tell the connector',
  table: 'x_tlc_change',
  when: 'async',
  action: ['insert'],
  filterCondition: 'author!=self',
  order: 100,
  script: onLogged,
});

ScheduledScript({
  $id: Now.ID['job-catch-up'],
  name: 'Teams Live Chat: catch up with what rules missed',
  frequency: 'periodically',
  executionStart: '2026-01-01 00:00:00',
  executionInterval: { minutes: 1 },
  script: onMinute,
});
