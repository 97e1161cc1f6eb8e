import { Channel } from './channel';
import type { Evidence } from './evidence';
import { evidenceOf } from './evidence';
import { HelpDesk } from './help-desk';
import type { History, Moment, Step } from './history';
import { Stage } from './stage';

export const names = ['ana', 'bob', 'cleo'] as const;
/** So long after the last fault everything must be settled. */
const settledMs = 30_000;
const longestReapMs = 3_600_000;

/** What a history came to: what was to be seen when it had settled, and at its very end. */
export interface Played {
  readonly settled: Evidence;
  readonly end: Evidence;
}

/** Plays one history to its end: the steps, then half a minute without faults, then everybody says goodbye and hello. */
export async function play(history: History): Promise<Played> {
  const stage = new Stage(history);
  const channel = new Channel(stage);
  const desk = new HelpDesk(stage);
  await stage.begin();
  for (const step of history.steps) await take(step, stage, channel, desk);
  await heal(stage);
  await stage.passes(settledMs);
  const settled = await evidenceOf(stage, false);
  const users = names.slice(0, history.users);
  for (const user of users) channel.say(user, '/end_chat', 0, false);
  await stage.passes(12_000);
  for (const user of users) channel.say(user, 'words', 0, false);
  await stage.passes(10_000);
  for (let waited = 0; waited < longestReapMs && isAnyChatOpen(stage); waited += 60_000) await stage.passes(60_000);
  return { settled, end: await evidenceOf(stage, true) };
}

async function take(step: Step, stage: Stage, channel: Channel, desk: HelpDesk): Promise<void> {
  const { outside, history } = stage;
  const { clock, troubles, store, journal } = outside;
  const user = 'user' in step ? (names[step.user % history.users] ?? 'ana') : 'ana';
  switch (step.do) {
    case 'say':
      channel.say(user, step.what, step.to, step.twice ?? false);
      break;
    case 'redeliver':
      channel.redeliver(user, step.back, step.to);
      break;
    case 'install':
    case 'uninstall':
      channel.install(user, step.do, step.to);
      break;
    case 'accept':
    case 'close':
    case 'transfer':
      desk[step.do](user);
      break;
    case 'operator': {
      const chat = desk.chatOf(user)?.live.id;
      if (chat) stage.operatorEnds(step.to % history.processes, user, chat);
      break;
    }
    case 'write':
      desk.write(user, step.what, step.lateMs);
      break;
    case 'queue':
      desk.queue(step.closed);
      break;
    case 'trouble':
      troubles.begin(step.side, step.fault, step.extent, step.only);
      break;
    case 'store':
      for (let call = 0; call < step.calls; call += 1) store.troubles.push(step.how);
      journal.count('store troubles');
      break;
    case 'die':
      atMoment(stage, step, () => stage.die(step.process % history.processes, step.backMs));
      break;
    case 'freeze':
      atMoment(stage, step, () => stage.freeze(step.process % history.processes, step.forMs));
      break;
    case 'pass':
      await stage.passes(step.ms);
      break;
    case 'clock':
      clock.putBack(step.putBackMs);
      journal.count('clock set');
      break;
  }
  await stage.settle();
}

function atMoment(stage: Stage, { process, in: things, when }: Moment, then: () => void): void {
  const gate = stage.processes[process % stage.history.processes]?.gate;
  if (things === 0) then();
  else gate?.expect({ at: gate.count + things, when, then });
}

/** All faults are over; who is dead lives again, who is frozen wakes up. */
async function heal(stage: Stage): Promise<void> {
  const { troubles, store, serviceNow } = stage.outside;
  troubles.end();
  serviceNow.closed = undefined;
  store.troubles.length = 0;
  for (const [place, process] of stage.processes.entries()) {
    process?.gate.forgive();
    process?.gate.thaw();
    if (!process) await stage.boot(place);
  }
}

function isAnyChatOpen({ outside }: Stage): boolean {
  return outside.serviceNow.chats.some((chat) => chat.leaves === 0);
}
