import type { Check } from '../check';
import { broken, type Finding, good, risk } from '../finding';
import { reasonOf } from '../reasons';

const why = 'The assistant answers nobody; employees are told so and offered a live agent.';

/** Whether a Rasa server answers at `RASA_URL`, with the REST channel. */
export const rasaServer: Check = {
  id: 'rasa.server',
  area: 'Rasa',
  async look({ rasa, config }) {
    const { host } = new URL(config.rasa.url);
    try {
      const [root, channel] = [await rasa.root(), await rasa.channel()];
      return [greeting(host, root.status, root.text), restChannel(channel.status, channel.text)].flat();
    } catch (error) {
      const { words, who, step } = reasonOf(error, 'who runs Rasa');
      return [broken({ what: `${host} (RASA_URL) cannot be reached: ${words}.`, why, who, step })];
    }
  },
};

function greeting(host: string, status: number, text: string): Finding[] {
  const version = /^Hello from Rasa: ([\w.+-]+)/.exec(text)?.[1];
  if (version !== undefined) return [good(`${host} is Rasa ${version}.`)];
  if (status === 401 || status === 403) {
    return [
      broken({
        what: `A gateway in front of Rasa refuses the connector (${status}).`,
        why,
        who: 'who runs the connector',
        step: 'Put the header that the gateway wants into RASA_HEADERS, as JSON such as {"Authorization":"Bearer …"}.',
      }),
    ];
  }
  if (status >= 500) {
    return [
      broken({
        what: `${host} answers ${status}: a proxy without a Rasa behind it, or a Rasa in trouble.`,
        why,
        who: 'who runs Rasa',
        step: 'Look whether the Rasa server runs and what its log says.',
      }),
    ];
  }
  return [
    risk({
      what: `What answers at RASA_URL does not greet as Rasa does (${status}).`,
      why: 'It may be another server, or a gateway that passes only some addresses on.',
      who: 'who runs the connector',
      step: 'Open RASA_URL from this machine: it should say "Hello from Rasa". Behind a gateway with a path of its own, RASA_URL has to end with that path.',
    }),
  ];
}

function restChannel(status: number, text: string): Finding[] {
  if (status === 200 && /"status"\s*:\s*"ok"/.test(text)) return [good('The REST channel is on.')];
  if (status === 401 || status === 403 || status >= 500) return []; // said already
  return [
    broken({
      what: `Rasa has no REST channel (${status}).`,
      why,
      who: 'who runs Rasa',
      step: 'Add the line "rest:" to credentials.yml of the bot and start Rasa with --credentials credentials.yml.',
    }),
  ];
}
