import { ApiFailure, type FailureKind, type Upstream } from '../../../src/conversation/failures';
import { World, type WorldOptions } from '../../support/world/world';

/** A world in which Ana talks to Beth, and nothing of how that came about is on the screen any more. */
export async function inChat(options?: WorldOptions): Promise<World> {
  const world = new World(options);
  await joins(world);
  return world;
}

/** An employee comes into a chat with Beth. */
export async function joins(world: World, user = 'ana') {
  await world.says('/live_agent', { user });
  const { chat } = world.serviceNow;
  world.serviceNow.accept(chat);
  world.serviceNow.say('Beth', 'Hi, I am Beth', { chat });
  await world.tick(4);
  world.teams.shown.length = 0;
  return chat;
}

/** Lets what is under way go on, without waiting for the end of it. */
export async function aMoment(): Promise<void> {
  for (let n = 0; n < 10; n += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Time passes while something hangs, so that the world cannot come to rest. */
export async function passesWhileHanging(world: World, milliseconds: number): Promise<void> {
  await aMoment();
  for (const until = world.clock.now() + milliseconds; world.clock.step(until); ) await aMoment();
}

/** Something that a test lets go on when it likes. */
export function gate(): { readonly wait: () => Promise<void>; open(): void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { wait: () => opened, open: () => open() };
}

export function failure(
  upstream: Upstream,
  kind: FailureKind,
  more: { readonly certain?: boolean; readonly retryAfterMs?: number } = {},
): ApiFailure {
  return new ApiFailure({ upstream, kind, certain: true, message: 'as the test says', ...more });
}
