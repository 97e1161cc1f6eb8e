import { lookup } from 'node:dns/promises';
import { isAddress, isPublic } from '../../upstream/public-addresses';
import type { Check } from '../check';
import { broken, type Finding, good, unseen } from '../finding';
import type { DoctorParts } from '../parts';
import { reasonOf } from '../reasons';

const why = 'Nothing that employees write reaches the connector.';
const lookMs = 10_000;
const azureStep =
  'In the Azure portal open the Azure Bot › Settings › Configuration and compare the Messaging endpoint';

/** Whether the messaging endpoint can be reached, as far as that is to be seen from here. */
export const teamsEndpoint: Check = {
  id: 'teams.endpoint',
  area: 'Microsoft Teams',
  async look(parts) {
    const address = addressOf(parts);
    // In development without a registration there is no Azure that could have a wrong one.
    if (address === undefined) return parts.config.teams.appId ? [notNamed()] : [];
    if (!URL.canParse(address)) return [notAnAddress()];
    const url = new URL(address);
    return [...(await place(url)), await answerAt(parts, url)];
  },
};

function addressOf({ endpoint, app }: DoctorParts): string | undefined {
  if (endpoint !== undefined) return endpoint;
  const domain = app.ok ? app.settings.PUBLIC_DOMAIN : undefined;
  return domain === undefined ? undefined : `https://${domain}/api/messages`;
}

function notNamed(): Finding {
  return unseen({
    what: 'The address of the messaging endpoint is not known here.',
    why: `If Azure has a wrong one: ${why.toLowerCase()}`,
    who: 'Azure administrator',
    step: `${azureStep} with https://<host of the connector>/api/messages. To have it looked at: run the doctor with --endpoint <address>, or set PUBLIC_DOMAIN.`,
  });
}

function notAnAddress(): Finding {
  const step = 'Give --endpoint as it stands in Azure, such as https://chat.example.com/api/messages.';
  return broken({ what: 'The messaging endpoint is not an address.', why, who: 'who runs the connector', step });
}

/** Where the address leads, whoever answers there. */
async function place(url: URL): Promise<Finding[]> {
  const found: Finding[] = [];
  if (url.protocol !== 'https:') {
    const step = `Put a server with a TLS certificate in front of the connector, and name its https address. ${azureStep}.`;
    const what = 'The messaging endpoint is not an https address.';
    found.push(broken({ what, why: `Bot Framework calls https only. ${why}`, who: 'network administrator', step }));
  }
  if (!url.pathname.endsWith('/api/messages')) {
    const what = `The messaging endpoint ends with ${url.pathname}, where the connector does not listen.`;
    const step = `${azureStep}: it has to end with /api/messages, unless a gateway leads the path there.`;
    found.push(broken({ what, why, who: 'Azure administrator', step }));
  }
  if (!(await isOnInternet(url.hostname))) {
    const what = `${url.hostname} leads to an address that is not on the internet.`;
    const step =
      'Publish the endpoint at a public address, or look up the name from outside: where this machine has its own answer for it (split DNS), all is well.';
    found.push(
      unseen({ what, why: `Bot Framework calls from the internet. ${why}`, who: 'network administrator', step }),
    );
  }
  return found;
}

async function isOnInternet(hostname: string): Promise<boolean> {
  if (isAddress(hostname)) return isPublic(hostname);
  const addresses = await lookup(hostname, { all: true }).catch(() => undefined);
  // A name without an address is told by the call that follows.
  return addresses === undefined || addresses.every(({ address }) => isPublic(address));
}

async function answerAt({ call }: DoctorParts, url: URL): Promise<Finding> {
  try {
    const { status } = await call({ method: 'GET', url: url.href, timeoutMs: lookMs, maxBytes: 1_000_000 });
    return judged(url.host, status);
  } catch (error) {
    const { words, who, step } = reasonOf(error, 'network administrator');
    return broken({ what: `The messaging endpoint at ${url.host} cannot be reached: ${words}.`, why, who, step });
  }
}

/** The connector takes only POSTs there, and says so. */
function judged(host: string, status: number): Finding {
  if (status === 405) return good(`The messaging endpoint at ${host} answers as the connector does.`);
  const { what, step } = wrongAnswer(status);
  return broken({
    what: `The messaging endpoint at ${host} ${what} (${status}).`,
    why,
    who: 'network administrator',
    step,
  });
}

function wrongAnswer(status: number): { readonly what: string; readonly step: string } {
  if (status >= 300 && status < 400) {
    return {
      what: 'sends callers elsewhere',
      step: `${azureStep} with the address it leads to; redirects are not followed.`,
    };
  }
  if (status === 401 || status === 403) {
    return {
      what: 'wants a sign-in before the connector is reached',
      step: 'Let the gateway pass POST /api/messages without a sign-in of its own: the connector checks Microsoft’s tokens itself.',
    };
  }
  if (status === 502 || status === 503 || status === 504) {
    return {
      what: 'has a gateway with no connector behind it',
      step: 'Start the connector, and correct the port that the gateway passes on to (PORT).',
    };
  }
  if (status === 404) {
    return {
      what: 'does not know this path',
      step: 'Let the gateway pass the path /api/messages on to the connector unchanged.',
    };
  }
  return {
    what: 'is answered by something else than the connector',
    step: 'Let the gateway pass POST /api/messages on to the connector (PORT).',
  };
}
