import { CrossScopePrivilege } from '@servicenow/sdk/core';

/** What this application does with tables of other scopes, said beforehand, so that no admin is asked in the middle of a chat. */
CrossScopePrivilege({
  $id: Now.ID['read-message'],
  operation: 'read',
  status: 'allowed',
  targetName: 'sys_cs_message',
  targetScope: 'global',
  targetType: 'sys_db_object',
});
CrossScopePrivilege({
  $id: Now.ID['create-session'],
  operation: 'create',
  status: 'allowed',
  targetName: 'sys_cs_session',
  targetScope: 'global',
  targetType: 'sys_db_object',
});
CrossScopePrivilege({
  $id: Now.ID['create-binding'],
  operation: 'create',
  status: 'allowed',
  targetName: 'sys_cs_session_binding',
  targetScope: 'global',
  targetType: 'sys_db_object',
});
CrossScopePrivilege({
  $id: Now.ID['write-binding'],
  operation: 'write',
  status: 'allowed',
  targetName: 'sys_cs_session_binding',
  targetScope: 'global',
  targetType: 'sys_db_object',
});
CrossScopePrivilege({
  $id: Now.ID['create-work-item'],
  operation: 'create',
  status: 'allowed',
  targetName: 'awa_work_item',
  targetScope: 'global',
  targetType: 'sys_db_object',
});
CrossScopePrivilege({
  $id: Now.ID['write-work-item'],
  operation: 'write',
  status: 'allowed',
  targetName: 'awa_work_item',
  targetScope: 'global',
  targetType: 'sys_db_object',
});
CrossScopePrivilege({
  $id: Now.ID['write-interaction'],
  operation: 'write',
  status: 'allowed',
  targetName: 'interaction',
  targetScope: 'global',
  targetType: 'sys_db_object',
});
CrossScopePrivilege({
  $id: Now.ID['execute-agent-chat'],
  operation: 'execute',
  status: 'allowed',
  targetName: 'AgentChatScriptObject',
  targetScope: 'global',
  targetType: 'scriptable',
});
CrossScopePrivilege({
  $id: Now.ID['execute-va-system'],
  operation: 'execute',
  status: 'allowed',
  targetName: 'VASystemObject',
  targetScope: 'global',
  targetType: 'scriptable',
});
