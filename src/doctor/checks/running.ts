import { z } from 'zod';
import type { Config } from '../../config/config';
import { isLoopback } from '../../teams/service-hosts';
import type { Check } from '../check';
import { broken, type Finding, good, risk } from '../finding';
import { readAs } from '../json';
import { ownAddress } from '../own-address';
import type { DoctorParts } from '../parts';

const readiness = z.looseObject({ status: z.string(), checks: z.record(z.string(), z.string()) });
const lookMs = 3_000;

/** What the connector on this machine says of itself, and whether it runs in a mode for development. */
export const running: Check = {
  id: 'connector.running',
  area: 'This connector',
  async look(parts) {
    return [...mode(parts.config), ...(await condition(parts))];
  },
};

function mode({ dev, rasa, serviceNow, teams, server }: Config): Finding[] {
  const isLocal = [rasa.url, serviceNow.url].every((url) => isLoopback(new URL(url).hostname));
  const isOpen = dev && !teams.appId;
  if (!dev || (isLocal && isLoopback(server.host))) return [];
  const trouble = {
    what: `DEV_INSECURE=1 is set${isOpen ? ' without MicrosoftAppId' : ''}, and the connector works with other machines.`,
    why: isOpen
      ? 'Whoever reaches the connector can write to agents in the name of any employee.'
      : 'Addresses of this machine and plain http are allowed where they should not be.',
    who: 'who runs the connector',
    step: isOpen ? 'Remove DEV_INSECURE and set MicrosoftAppId with its credential.' : 'Remove DEV_INSECURE.',
  } as const;
  return [isOpen ? broken(trouble) : risk(trouble)];
}

async function condition({ call, config }: DoctorParts): Promise<Finding[]> {
  const { port, adminPort } = config.server;
  if ((adminPort ?? port) === 0) return []; // it takes any free port, which only its log tells
  const url = `${ownAddress(config.server)}/readyz`;
  const answer = await call({ method: 'GET', url, timeoutMs: lookMs, maxBytes: 100_000 }).catch(() => undefined);
  if (!answer) return [good(`No connector listens on ${new URL(url).host} at the moment.`)];
  const said = readAs(answer.text, readiness);
  if (!said) return [taken(adminPort ?? port)];
  if (said.status === 'ok') return [good('The connector runs, and has no trouble with its far sides.')];
  return [inTrouble(said.status, said.checks)];
}

function taken(port: number): Finding {
  return broken({
    what: `Something else than the connector listens on port ${port}.`,
    why: 'The connector cannot start there.',
    who: 'who runs the connector',
    step: 'Stop the other program, or set PORT to a free port (and lead the gateway there).',
  });
}

function inTrouble(status: string, checks: Readonly<Record<string, string>>): Finding {
  const sides = Object.entries(checks).flatMap(([side, condition]) => (condition === 'ok' ? [] : [side]));
  const trouble = {
    what: `The running connector says it is ${status}: it has trouble with ${sides.join(' and ') || 'a far side'}.`,
    why: 'Its last calls there failed; employees may have been told so.',
    who: 'who runs the connector',
    step: `Mend what is found above for ${sides.join(' and ') || 'that side'}; if nothing is found there, it was a passing trouble. The log lines effect_failed and upstream_left_alone say more (docs/errors.md).`,
  } as const;
  return status === 'down' ? broken(trouble) : risk(trouble);
}
