import type { Check } from '../check';
import { broken, type Finding, good, risk } from '../finding';

const noResource = /does not represent any resource/i;

/** The profile that was chosen, and for `va-bot` whether its interface is there and what must be set on the instance for it. */
export const serviceNowBot: Check = {
  id: 'servicenow.bot',
  area: 'ServiceNow',
  async look({ config, instance, choice }) {
    const chosen = choice ? [good(`SERVICENOW_PROFILE=auto takes ${choice.name}: ${choice.because}.`)] : [];
    if (config.serviceNow.profile !== 'va-bot') return chosen;
    const signedIn = await instance.signedIn();
    if (signedIn.state !== 'in') return chosen;
    return [...chosen, interfaceAt(signedIn.queue), ...proof(config.serviceNow.messageAuth), callbacks()];
  },
};

function interfaceAt({ status, text }: { readonly status: number; readonly text: string }): Finding {
  if (status === 404 || noResource.test(text)) {
    return broken({
      what: `The instance has no Virtual Agent Bot Integration API, or has it elsewhere (${status}).`,
      why: 'No live chat can be opened.',
      who: 'ServiceNow administrator',
      step: 'Install the plugins Glide Virtual Agent and Virtual Agent API. Where the resource has another path (Scripted REST APIs, VA Bot Integration), set "path" in SERVICENOW_OPTIONS.',
    });
  }
  return good('The Virtual Agent Bot Integration API is there.');
}

function proof({ token, signingKey }: { readonly token?: string; readonly signingKey?: string }): Finding[] {
  if (token || signingKey) return [];
  return [
    risk({
      what: 'Messages carry neither a token nor a signature.',
      why: 'The instance links no accounts then: the agent sees a guest. And where it asks for one, it drops every message without a word.',
      who: 'ServiceNow administrator',
      step: 'Configure message authentication for the provider application and put its token into SERVICENOW_MESSAGE_TOKEN, or its secret into SERVICENOW_MESSAGE_KEY.',
    }),
  ];
}

/** Nothing tells from here whether callbacks arrive. */
function callbacks(): Finding {
  return risk({
    what: 'Whether callbacks of the instance reach the connector cannot be seen without a chat.',
    why: 'Without them no chat opens: the employee is told so after a quarter of a minute.',
    who: 'who runs the connector',
    step: 'Ask for an agent once, and look at connector_callbacks_total; wrong_secret means that the credential there is another than SERVICENOW_CALLBACK_SECRET.',
  });
}
