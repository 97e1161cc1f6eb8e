import type { Answer } from '../../upstream/call';
import type { Check } from '../check';
import { broken, type Finding, good } from '../finding';
import { isData, isInstance } from '../instance';
import { reasonOf } from '../reasons';

const again = 'Then run the doctor again: account, queues and calls are looked at after that.';
const why = 'No live chat can be opened, read or ended.';

/** Whether an instance answers at `SERVICENOW_URL`, awake and with data. Nothing secret is sent for it. */
export const serviceNowAddress: Check = {
  id: 'servicenow.address',
  area: 'ServiceNow',
  async look({ instance, config }) {
    const { host } = new URL(config.serviceNow.url);
    try {
      return [judged(await instance.door(), host)];
    } catch (error) {
      const { words, who, step } = reasonOf(error, 'ServiceNow administrator');
      return [broken({ what: `${host} (SERVICENOW_URL) cannot be reached: ${words}.`, why, who, step })];
    }
  },
};

function judged(answer: Answer, host: string): Finding {
  const { status } = answer;
  if (status >= 300 && status < 400) return redirected(answer, host);
  if (status === 429 || status >= 500) {
    const what = `${host} answers ${status}: it is down, overloaded or under maintenance.`;
    const step = `Look at the instance's status; ${again.toLowerCase()}`;
    return broken({ what, why, who: 'ServiceNow administrator', step });
  }
  if (!isData(answer)) return page(answer, host);
  return isInstance(answer) ? good(`${host} is awake and answers with data.`) : another(status, host);
}

function redirected({ headers }: Answer, host: string): Finding {
  const target = URL.canParse(headers.location ?? '') ? new URL(headers.location ?? '').host : 'another page';
  return broken({
    what: `${host} sends callers on to ${target}.`,
    why: 'The connector follows no redirects: its password would go wherever they point.',
    who: 'who runs the connector',
    step: `Set SERVICENOW_URL to the instance's own https address (https://<instance>.service-now.com). ${again}`,
  });
}

function another(status: number, host: string): Finding {
  return broken({
    what: `${host} does not answer as a ServiceNow instance does (${status}): it should ask who calls.`,
    why: `${why} The password of the service account would go to another server.`,
    who: 'who runs the connector',
    step: `Correct SERVICENOW_URL: it is the bare address of the instance, without a path (https://<instance>.service-now.com). ${again}`,
  });
}

function page({ text }: Answer, host: string): Finding {
  if (/hibernat/i.test(text)) {
    return broken({
      what: `${host} is asleep: a developer instance hibernates when nobody uses it.`,
      why,
      who: 'ServiceNow administrator',
      step: `Wake it at developer.servicenow.com (sign in, Manage instance, Wake up), which takes some minutes. ${again}`,
    });
  }
  return broken({
    what: `${host} answers with a web page instead of data (a login, a proxy or a maintenance page).`,
    why,
    who: 'who runs the connector',
    step: `Open SERVICENOW_URL in a browser: it should be the instance itself, without a sign-on portal or proxy in front of /api/now. ${again}`,
  });
}
