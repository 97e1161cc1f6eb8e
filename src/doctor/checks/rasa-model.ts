import type { Answer } from '../../upstream/call';
import type { Check } from '../check';
import { broken, type Finding, good, unseen } from '../finding';

/** Whether Rasa has a model, which its REST channel does not tell. */
export const rasaModel: Check = {
  id: 'rasa.model',
  area: 'Rasa',
  async look({ rasa }) {
    const answers = await Promise.all([rasa.version(), rasa.status()]).catch(() => undefined);
    if (!answers) return []; // the server's check speaks of it
    const [version, status] = answers;
    return version.status === 200 ? [judged(status)] : [unknown()];
  },
};

function judged({ status }: Answer): Finding {
  if (status === 200) return good('A model is loaded.');
  if (status === 409) {
    return broken({
      what: 'Rasa runs without a model.',
      why: 'It answers every message with nothing at all: employees write and see no answer.',
      who: 'who runs Rasa',
      step: 'Train one (rasa train) and start Rasa with it (rasa run --model models), or look in its log why the model could not be loaded.',
    });
  }
  if (status === 401 || status === 403) {
    return broken({
      what: `Rasa's HTTP API refuses the connector (${status}).`,
      why: 'The records of conversations cannot be read: lost answers are not looked up, slots are not mirrored.',
      who: 'who runs the connector',
      step: 'Set RASA_TOKEN to the value that Rasa was started with (--auth-token). With --jwt-secret put a token of role admin into RASA_HEADERS.',
    });
  }
  return unknown();
}

function unknown(): Finding {
  return unseen({
    what: "Whether a model is loaded cannot be seen: Rasa's HTTP API is off.",
    why: 'A Rasa without a model answers every message with nothing at all.',
    who: 'who runs Rasa',
    step: 'Write "hello" to the bot in Teams and see an answer; or start Rasa with --enable-api.',
  });
}
