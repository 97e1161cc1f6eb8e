import { makeQueue, makeUser } from '../model/fixture';
import { Refusal } from '../model/refusal';
import type { AgentTraits } from '../model/state';
import { findUser, type World } from '../model/world';
import type { AgentGiven, QueueGiven, UserGiven } from './commands';

/** Adds or changes who and what is there. */
export interface Fixtures {
  /** A new queue, or other values for the one with this id or name; answers its id. */
  setQueue(given: QueueGiven): string;
  /** A new user, or other values for the one with this user name; answers the sys_id. */
  setUser(given: UserGiven): string;
  /** The same for an agent. */
  setAgent(given: AgentGiven): string;
}

export function makeFixtures(world: World): Fixtures {
  return {
    setQueue: (given) => keepQueue(world, given),
    setUser: (given) => keepUser(world, given),
    setAgent: ({ userName, name, password, ...traits }) => keepUser(world, { userName, name, password }, traits),
  };
}

function keepQueue(world: World, given: QueueGiven): string {
  const { queues } = world.state;
  const known = Object.values(queues).find((queue) => queue.id === given.id || queue.name === given.name);
  const name = given.name ?? known?.name;
  if (name === undefined) throw new Refusal('invalid', 'A new queue needs a name');
  const said = { ...definedOf(given), name };
  const queue = known ? { ...known, ...said } : makeQueue(said);
  queues[queue.id] = queue;
  world.changed(null);
  return queue.id;
}

function keepUser(world: World, given: UserGiven, traits?: Partial<AgentTraits>): string {
  const known = findUser(world.state, given.userName);
  const fresh = makeUser({
    ...definedOf(given),
    userName: given.userName,
    agent: traits && { ...known?.agent, ...definedOf(traits) },
  });
  const user = known ? { ...known, ...definedOf(given), agent: fresh.agent ?? known.agent } : fresh;
  world.state.users[user.sysId] = user;
  world.changed(null);
  return user.sysId;
}

function definedOf<T extends object>(given: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const defined = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(defined) as { [K in keyof T]: Exclude<T[K], undefined> };
}
