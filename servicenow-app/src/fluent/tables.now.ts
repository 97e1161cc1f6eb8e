import { IntegerColumn, StringColumn, Table } from '@servicenow/sdk/core';

/** Chats that were opened through the API. */
export const x_tlc_chat = Table({
  name: 'x_tlc_chat',
  label: 'Live chat of the connector',
  display: 'number',
  accessibleFrom: 'package_private',
  allowWebServiceAccess: false,
  createAccessControls: false,
  schema: {
    key: StringColumn({ label: 'Key', maxLength: 140, mandatory: true, unique: true }),
    external_id: StringColumn({ label: 'External id', maxLength: 100 }),
    caller: StringColumn({ label: 'Caller', maxLength: 32 }),
    requester: StringColumn({ label: 'Requester', maxLength: 32 }),
    queue: StringColumn({ label: 'Queue', maxLength: 32 }),
    subject: StringColumn({ label: 'Subject', maxLength: 160 }),
    first_message: StringColumn({ label: 'First message', maxLength: 65000 }),
    state: StringColumn({ label: 'State', maxLength: 20 }),
    conversation: StringColumn({ label: 'Conversation', maxLength: 32 }),
    interaction: StringColumn({ label: 'Interaction', maxLength: 32 }),
    number: StringColumn({ label: 'Number', maxLength: 40 }),
    session: StringColumn({ label: 'Session', maxLength: 32 }),
    binding: StringColumn({ label: 'Session binding', maxLength: 32 }),
    work_item: StringColumn({ label: 'Work item', maxLength: 32 }),
    greeted: StringColumn({ label: 'First message is posted', maxLength: 1 }),
    agent: StringColumn({ label: 'Agent', maxLength: 32 }),
    ended_by: StringColumn({ label: 'Ended by', maxLength: 20 }),
    rating: IntegerColumn({ label: 'How content the requester was, 1 to 5' }),
    turns: IntegerColumn({ label: 'Changes of state' }),
    attempts: IntegerColumn({ label: 'Attempts to open it' }),
    attempt_at: StringColumn({ label: 'Attempt began', maxLength: 20 }),
    opened_at: StringColumn({ label: 'Opened', maxLength: 20 }),
  },
  index: [
    { name: 'x_tlc_chat_conversation', element: 'conversation', unique: false },
    { name: 'x_tlc_chat_interaction', element: 'interaction', unique: false },
    { name: 'x_tlc_chat_caller_state', element: ['caller', 'state'], unique: false },
  ],
});

/** What was said through the API, so that it is said once. */
export const x_tlc_message = Table({
  name: 'x_tlc_message',
  label: 'Message of the connector',
  accessibleFrom: 'package_private',
  allowWebServiceAccess: false,
  createAccessControls: false,
  schema: {
    key: StringColumn({ label: 'Key', maxLength: 140, mandatory: true, unique: true }),
    chat: StringColumn({ label: 'Chat', maxLength: 32 }),
    external_id: StringColumn({ label: 'External id', maxLength: 100 }),
    state: StringColumn({ label: 'State', maxLength: 20 }),
    message_id: StringColumn({ label: 'Message', maxLength: 32 }),
    sequence: IntegerColumn({ label: 'Sequence' }),
    attempts: IntegerColumn({ label: 'Attempts' }),
    attempt_at: StringColumn({ label: 'Attempt began', maxLength: 20 }),
  },
  index: [{ name: 'x_tlc_message_chat', element: ['chat', 'message_id'], unique: false }],
});

/** The log of changes: what the connector reads. The unique index over `sequence` is what gives each number out once. */
export const x_tlc_change = Table({
  name: 'x_tlc_change',
  label: 'Change in a live chat',
  accessibleFrom: 'package_private',
  allowWebServiceAccess: false,
  createAccessControls: false,
  schema: {
    key: StringColumn({ label: 'Key', maxLength: 180, mandatory: true, unique: true }),
    sequence: IntegerColumn({ label: 'Sequence', mandatory: true, unique: true }),
    chat: StringColumn({ label: 'Chat', maxLength: 32 }),
    conversation: StringColumn({ label: 'Conversation', maxLength: 32 }),
    caller: StringColumn({ label: 'Caller', maxLength: 32 }),
    type: StringColumn({ label: 'Type', maxLength: 20 }),
    author: StringColumn({ label: 'Author', maxLength: 20 }),
    message_id: StringColumn({ label: 'Message', maxLength: 32 }),
    external_id: StringColumn({ label: 'External id', maxLength: 100 }),
    agent_name: StringColumn({ label: 'Agent', maxLength: 151 }),
    text: StringColumn({ label: 'Text', maxLength: 65000 }),
    attachments: StringColumn({ label: 'Attachments', maxLength: 8000 }),
    at: StringColumn({ label: 'Time', maxLength: 20 }),
  },
  index: [
    { name: 'x_tlc_change_caller', element: ['caller', 'sequence'], unique: false },
    { name: 'x_tlc_change_chat', element: ['chat', 'sequence'], unique: false },
  ],
});

/** Work that one request has taken upon itself. */
export const x_tlc_claim = Table({
  name: 'x_tlc_claim',
  label: 'Claim of a request',
  accessibleFrom: 'package_private',
  allowWebServiceAccess: false,
  createAccessControls: false,
  schema: { key: StringColumn({ label: 'Key', maxLength: 100, mandatory: true, unique: true }) },
});
