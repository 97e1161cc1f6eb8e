import type { Bot } from '../bot/bot';
import { understand } from '../dialogue/nlu';
import { isObject } from '../events';
import type { Settings } from '../settings';
import { authorize } from './authorization';
import { conversationRoutes, type Deliver } from './conversation-routes';
import { domainOf } from './domain';
import { ApiError, apiError, serverError } from './errors';
import { type Answer, json, type RasaRequest } from './exchange';
import { verbosityFrom } from './tracker-view';

const conversationPath = /^\/conversations\/(.+)\/(tracker\/events|tracker|messages|trigger_intent|execute|story)$/;

const oldestModel: Record<Settings['version'], string> = { '3.0.4': '3.0.0', '3.6.21': '3.5.0', 'pro-3.16': '3.16.0' };

/** Answers a call of the HTTP API, or nothing when the path is none of its own. */
export async function apiCall(bot: Bot, deliver: Deliver, request: RasaRequest): Promise<Answer | undefined> {
  if (!bot.settings.enableApi) return undefined;
  const { version } = bot.settings;
  try {
    return await (conversationCall(bot, deliver, request) ?? informationCall(bot, request));
  } catch (error) {
    if (error instanceof ApiError) return apiError(version, error);
    if (request.signal.aborted) return serverError(503, 'Response Timeout');
    const message = `An unexpected error occurred. Error: ${error instanceof Error ? error.message : error}`;
    return apiError(version, { reason: 'ConversationError', message });
  }
}

function conversationCall(bot: Bot, deliver: Deliver, request: RasaRequest): Promise<Answer> | undefined {
  const [, raw, end] = conversationPath.exec(request.path) ?? [];
  const routes = end === undefined ? undefined : conversationRoutes[end];
  if (raw === undefined || !routes) return undefined;
  const id = bot.settings.decodePath ? decodeURIComponent(raw) : raw;
  const route = routes[request.method];
  if (!route) return Promise.resolve(wrongMethod(request));
  authorize(bot.settings, request, id);
  needModel(bot);
  verbosityFrom(request.query);
  return route({ bot, id, request, deliver });
}

async function informationCall(bot: Bot, request: RasaRequest): Promise<Answer | undefined> {
  const methods: Record<string, string> = {
    '/version': 'GET',
    '/status': 'GET',
    '/domain': 'GET',
    '/model/parse': 'POST',
  };
  const method = methods[request.path];
  if (!method) return undefined;
  if (method !== request.method) return wrongMethod(request);
  const { version } = bot.settings;
  if (request.path === '/version') return json(200, { version, minimum_compatible_version: oldestModel[version] });
  authorize(bot.settings, request, undefined);
  needModel(bot);
  if (request.path === '/domain') return domainOf(bot, request);
  return request.path === '/status' ? status() : parse(bot, request);
}

function status(): Answer {
  return json(200, { model_file: 'models/simulated.tar.gz', model_id: 'simulated', num_active_training_jobs: 0 });
}

function parse(bot: Bot, request: RasaRequest): Answer {
  const body: unknown = JSON.parse(request.body || 'null');
  if (!isObject(body) || typeof body.text !== 'string') throw new ApiError('BadRequest', "Missing key 'text'.");
  return json(200, understand(body.text, bot.script(), bot.settings.declaredIntents));
}

function needModel(bot: Bot): void {
  if (bot.isLoaded()) return;
  throw new ApiError(
    'Conflict',
    'No agent loaded. To continue processing, a model of a trained agent needs to be loaded.',
  );
}

/** The answer to a method that the path does not have. */
export function wrongMethod({ method, path }: RasaRequest): Answer {
  return serverError(405, `Method ${method} not allowed for URL ${path}`);
}
