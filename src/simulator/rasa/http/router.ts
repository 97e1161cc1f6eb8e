import type { Bot } from '../bot/bot';
import { apiCall, wrongMethod } from './api';
import { callbackMessage, type PushFault, pushInOrder } from './callback-channel';
import type { Deliver } from './conversation-routes';
import { serverError } from './errors';
import { type Answer, json, plain, type RasaRequest } from './exchange';
import { restMessage } from './rest-channel';

/** Which part of the server a path belongs to. */
export type Area = 'rest' | 'callback' | 'api' | 'other';

/** Sorts a path into its area. */
export function areaOf(path: string): Area {
  if (path === '/webhooks/rest/webhook') return 'rest';
  if (path === '/webhooks/callback/webhook') return 'callback';
  return /^\/(conversations\/|status$|version$|domain$|model\/)/.test(path) ? 'api' : 'other';
}

/** Finds who answers a request, and lets them. */
export async function route(bot: Bot, request: RasaRequest, pushFault?: PushFault): Promise<Answer> {
  const { path, method } = request;
  switch (path) {
    case '/':
      return method === 'GET' ? plain(200, `Hello from Rasa: ${bot.settings.version}`) : wrongMethod(request);
    case '/webhooks/rest':
    case '/webhooks/rest/':
    case '/webhooks/callback':
    case '/webhooks/callback/':
      return method === 'GET' ? json(200, { status: 'ok' }) : wrongMethod(request);
    case '/webhooks/rest/webhook':
      return method === 'POST' ? restMessage(bot, request) : wrongMethod(request);
    case '/webhooks/callback/webhook':
      return method === 'POST' ? callbackMessage(bot, request, pushFault) : wrongMethod(request);
    default:
      return (await apiCall(bot, delivery(bot), request)) ?? serverError(404, `Requested URL ${path} not found`);
  }
}

/** Only the callback channel can speak first. */
function delivery(bot: Bot): Deliver {
  return async (channel, _sender, said) => {
    if (channel === 'callback') await pushInOrder(bot.settings.callback, said);
  };
}
