import type { Check } from './check';
import { clock } from './checks/clock';
import { database } from './checks/database';
import { rasaHandoff } from './checks/rasa-handoff';
import { rasaModel } from './checks/rasa-model';
import { rasaProject } from './checks/rasa-project';
import { rasaServer } from './checks/rasa-server';
import { rasaTracker } from './checks/rasa-tracker';
import { replicas } from './checks/replicas';
import { running } from './checks/running';
import { serviceNowAccount } from './checks/servicenow-account';
import { serviceNowAddress } from './checks/servicenow-address';
import { serviceNowApp } from './checks/servicenow-app';
import { serviceNowBot } from './checks/servicenow-bot';
import { serviceNowCalls } from './checks/servicenow-calls';
import { serviceNowQueues } from './checks/servicenow-queues';
import { serviceNowTimeouts } from './checks/servicenow-timeouts';
import { teamsApp } from './checks/teams-app';
import { teamsEndpoint } from './checks/teams-endpoint';
import { teamsRegistration } from './checks/teams-registration';
import { teamsSigningKeys } from './checks/teams-signing-keys';
import { timeouts } from './checks/timeouts';

/** Everything that is looked at, in the order of the report. */
export const checks: readonly Check[] = [
  teamsRegistration,
  teamsSigningKeys,
  teamsEndpoint,
  teamsApp,
  serviceNowAddress,
  serviceNowAccount,
  serviceNowQueues,
  serviceNowCalls,
  serviceNowApp,
  serviceNowBot,
  serviceNowTimeouts,
  rasaServer,
  rasaModel,
  rasaTracker,
  rasaHandoff,
  rasaProject,
  database,
  replicas,
  clock,
  timeouts,
  running,
];
