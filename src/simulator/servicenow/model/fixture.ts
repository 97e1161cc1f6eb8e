import { emptyBotState } from '../bot-api/records';
import type { ClockState } from './clock';
import { type Config, defaultConfig } from './config';
import { hexId } from './ids';
import type { AgentTraits, OAuthClient, Queue, State, User } from './state';

/** Whom and what a fresh instance holds. */
export interface Fixture {
  users: User[];
  queues: Queue[];
  clients: OAuthClient[];
}

/** A user with what is not said filled in: the ids follow from the user name. */
export function makeUser(given: {
  userName: string;
  name?: string;
  email?: string;
  active?: boolean;
  password?: string;
  agent?: Partial<AgentTraits> | null;
}): User {
  const { userName } = given;
  return {
    sysId: hexId(`sys_user:${userName}`),
    userName,
    name: given.name ?? userName,
    email: given.email ?? '',
    active: given.active ?? true,
    password: given.password ?? `${userName}-password`,
    profile: hexId(`live_profile:${userName}`),
    agent: given.agent ? { available: true, capacity: 5, autoAccept: null, autoReply: null, ...given.agent } : null,
  };
}

/** A queue with what is not said filled in: the id follows from the name. */
export function makeQueue(given: Partial<Queue> & { name: string }): Queue {
  return {
    id: hexId(`chat_queue:${given.name}`),
    question: 'How can we help you?',
    open: true,
    hours: null,
    notAvailable: `${given.name} is closed at the moment. Please come back during our opening hours.`,
    averageWaitTime: '2 Minutes 10 Seconds',
    initialAgentResponse: '',
    escalateTo: null,
    ...given,
  };
}

/** The instance that a start without a fixture brings. */
export function defaultFixture(): Fixture {
  const hr = makeQueue({ name: 'HR', averageWaitTime: '5 Minutes' });
  const it = makeQueue({
    id: 'c54f0abf0a0a0b452db84664f409c79c',
    name: 'IT Service Desk',
    initialAgentResponse: 'Hello, you have reached the IT Service Desk. I am reading your request now.',
    escalateTo: hr.id,
  });
  return {
    users: [
      makeUser({ userName: 'svc_teams', name: 'Teams Connector', password: 'svc-teams-password' }),
      makeUser({ userName: 'ana.roja', name: 'Ana Roja', email: 'ana.roja@contoso.example' }),
      makeUser({ userName: 'beth.anglin', name: 'Beth Anglin', agent: {} }),
      makeUser({ userName: 'noor.haddad', name: 'Noor Haddad', agent: {} }),
    ],
    queues: [it, hr],
    clients: [{ id: 'teams-connector', secret: 'teams-connector-secret', userName: 'svc_teams' }],
  };
}

/** The state of an instance on which nothing has happened yet. */
export function freshState(given: {
  seed: string;
  clock: ClockState;
  config?: Partial<Config>;
  fixture?: Partial<Fixture>;
}): State {
  const fixture = { ...defaultFixture(), ...given.fixture };
  return {
    seed: given.seed,
    ids: 0,
    rowSeq: 0,
    chatNumber: 10_000,
    dueOrder: 0,
    clock: given.clock,
    config: { ...defaultConfig, ...given.config },
    users: Object.fromEntries(fixture.users.map((user) => [user.sysId, user])),
    queues: Object.fromEntries(fixture.queues.map((queue) => [queue.id, queue])),
    clients: fixture.clients,
    tokens: [],
    chats: {},
    uploads: {},
    tables: {},
    bot: emptyBotState(),
    due: [],
    rates: {},
    faults: [],
    faultNumber: 0,
  };
}
