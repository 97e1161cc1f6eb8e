import { Acl, Role } from '@servicenow/sdk/core';

/** For the service account of the connector, and nobody else. */
export const connectorRole = Role({
  name: 'x_tlc.connector',
  description: 'Opens, writes, reads and ends live chats for employees through the REST API of Teams Live Chat.',
});

/** For whoever looks into the records of this application. */
export const adminRole = Role({
  name: 'x_tlc.admin',
  description: 'Reads the records of Teams Live Chat and changes its properties.',
});

export const executeApi = Acl({
  $id: Now.ID['acl-execute-api'],
  name: 'Teams Live Chat API',
  type: 'rest_endpoint',
  operation: 'execute',
  decisionType: 'allow',
  roles: [connectorRole],
  adminOverrides: false,
  description: 'Only the role of the connector calls the API.',
});

Acl({
  $id: Now.ID['acl-read-chat'],
  type: 'record',
  table: 'x_tlc_chat',
  operation: 'read',
  decisionType: 'allow',
  roles: [adminRole],
  description: 'Read by people for support only; nobody but the application writes.',
});

Acl({
  $id: Now.ID['acl-read-message'],
  type: 'record',
  table: 'x_tlc_message',
  operation: 'read',
  decisionType: 'allow',
  roles: [adminRole],
  description: 'Read by people for support only; nobody but the application writes.',
});

Acl({
  $id: Now.ID['acl-read-change'],
  type: 'record',
  table: 'x_tlc_change',
  operation: 'read',
  decisionType: 'allow',
  roles: [adminRole],
  description: 'Read by people for support only; nobody but the application writes.',
});

Acl({
  $id: Now.ID['acl-read-claim'],
  type: 'record',
  table: 'x_tlc_claim',
  operation: 'read',
  decisionType: 'allow',
  roles: [adminRole],
  description: 'Read by people for support only; nobody but the application writes.',
});
