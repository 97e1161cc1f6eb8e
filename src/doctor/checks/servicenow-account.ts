import { z } from 'zod';
import type { Config } from '../../config/config';
import type { ApiFailure } from '../../conversation/failures';
import type { Answer } from '../../upstream/call';
import type { Check } from '../check';
import { broken, type Finding, good, risk } from '../finding';
import type { SignedIn } from '../instance';
import { readAs } from '../json';
import { reasonOf } from '../reasons';

const why = 'No live chat can be opened, read or ended.';
const refusal = z.looseObject({ error: z.looseObject({ message: z.string().optional() }) });

/** Whether the service account may sign in, and may use Connect. */
export const serviceNowAccount: Check = {
  id: 'servicenow.account',
  area: 'ServiceNow',
  async look({ instance, config }) {
    const signedIn = await instance.signedIn();
    switch (signedIn.state) {
      case 'unreached':
      case 'no_id':
        return [];
      case 'silent':
        return [silent(signedIn.failure)];
      case 'refused':
        return [refused(signedIn, config.serviceNow.auth)];
      case 'in':
        return [...rights(signedIn.queue, config.serviceNow.profile), ...agency(signedIn.queue.text)];
    }
  },
};

function silent(failure: ApiFailure): Finding {
  const { words } = reasonOf(failure, 'ServiceNow administrator');
  return broken({
    what: `ServiceNow answers strangers, but not the service account: ${words}.`,
    why,
    who: 'ServiceNow administrator',
    step: 'Run the doctor again in a minute. If it stays so, look at the transactions of this user (Transactions, all users) and at the semaphores of the instance; SERVICENOW_TIMEOUT_MS is how long an answer may take.',
  });
}

function refused({ by, status }: Extract<SignedIn, { state: 'refused' }>, auth: Config['serviceNow']['auth']): Finding {
  const answered = status === undefined ? 'gave no usable answer' : `was answered ${status}`;
  if (by === 'the token request') {
    return broken({
      what: `No OAuth token: the request for one ${answered}.`,
      why,
      who: 'ServiceNow administrator',
      step: tokenStep(auth),
    });
  }
  return broken({
    what: `ServiceNow does not accept ${auth.type === 'basic' ? 'the user name or password' : 'the token'} of the service account (401).`,
    why: `${why} An account is locked after some wrong attempts; the doctor makes one.`,
    who: 'ServiceNow administrator',
    step:
      auth.type === 'basic'
        ? 'In sys_user.list look up the user in SERVICENOW_USERNAME: Active on, Locked out off, no multi-factor authentication for it, Password needs reset off. Set its password anew and put it into SERVICENOW_PASSWORD.'
        : 'In Application Registry open the client in SERVICENOW_CLIENT_ID: its user must be active, and the scope must let it use the REST API.',
  });
}

function tokenStep({ type }: Config['serviceNow']['auth']): string {
  const client =
    'In Application Registry (oauth_entity.list) open the client in SERVICENOW_CLIENT_ID: Active on, and its secret is the one in SERVICENOW_CLIENT_SECRET.';
  return type === 'client_credentials'
    ? `${client} For the grant client_credentials set the property glide.oauth.inbound.client.credential.grant_type.enabled to true and give the client an OAuth application user.`
    : `${client} For the grant password the user in SERVICENOW_USERNAME must be active and its password that of SERVICENOW_PASSWORD.`;
}

function rights({ status, text }: Answer, profile: Config['serviceNow']['profile']): Finding[] {
  if (status === 429 || status >= 500) return []; // the check of the queues speaks of it
  if (status !== 403) return [good('The service account signs in.')];
  if (profile === 'va-bot') return [notTheBot()];
  if (profile === 'scripted') return [notTheConnector()];
  const byRule = readAs(text, refusal) !== undefined;
  return [
    broken({
      what: `The service account signs in, but may not use Connect (403${byRule ? ', an access rule' : ''}).`,
      why,
      who: 'ServiceNow administrator',
      step: 'Give the user the role snc_internal and one of the roles that the property connect.roles names (sys_properties.list), and look in the queue for roles that it asks of requesters.',
    }),
  ];
}

function notTheConnector(): Finding {
  return broken({
    what: 'The service account signs in, but may not use the application Teams Live Chat (403).',
    why,
    who: 'ServiceNow administrator',
    step: 'In sys_user.list open the user in SERVICENOW_USERNAME and give it the role x_tlc.connector, beside snc_internal.',
  });
}

function notTheBot(): Finding {
  return broken({
    what: 'The service account signs in, but may not use the Virtual Agent Bot Integration API (403).',
    why,
    who: 'ServiceNow administrator',
    step: 'Look at the resource in Scripted REST APIs (VA Bot Integration): the roles that its access rules ask for must be those of the user in SERVICENOW_USERNAME.',
  });
}

const queueShape = z.looseObject({ result: z.looseObject({ is_agent_for: z.boolean() }) });

function agency(text: string): Finding[] {
  if (!readAs(text, queueShape)?.result.is_agent_for) return [];
  return [
    risk({
      what: 'The service account is an agent of the queue that it opens chats in.',
      why: 'Chats can be routed to it, where no person answers; and what it writes may be taken for the words of an agent.',
      who: 'ServiceNow administrator',
      step: "Take the user out of the queue's assignment group.",
    }),
  ];
}
