import type { RESTAPIRequest, RESTAPIResponse } from '@servicenow/glide/sn_ws_int';
import type { Request } from '../logic/input';
import { answer, routes } from '../logic/routes';
import { instance } from './glide';

type RouteName = keyof typeof routes;

const fileRoute = 'POST /v1/chats/{conversationId}/files';

export function openChat(request: RESTAPIRequest, response: RESTAPIResponse): void {
  serve('POST /v1/chats', request, response);
}

export function findChat(request: RESTAPIRequest, response: RESTAPIResponse): void {
  serve('GET /v1/chats', request, response);
}

export function showChat(request: RESTAPIRequest, response: RESTAPIResponse): void {
  serve('GET /v1/chats/{conversationId}', request, response);
}

export function postMessage(request: RESTAPIRequest, response: RESTAPIResponse): void {
  serve('POST /v1/chats/{conversationId}/messages', request, response);
}

export function listMessages(request: RESTAPIRequest, response: RESTAPIResponse): void {
  serve('GET /v1/chats/{conversationId}/messages', request, response);
}

export function attachFile(request: RESTAPIRequest, response: RESTAPIResponse): void {
  serve(fileRoute, request, response);
}

export function noteTyping(request: RESTAPIRequest, response: RESTAPIResponse): void {
  serve('POST /v1/chats/{conversationId}/typing', request, response);
}

export function endChat(request: RESTAPIRequest, response: RESTAPIResponse): void {
  serve('POST /v1/chats/{conversationId}/end', request, response);
}

export function listChanges(request: RESTAPIRequest, response: RESTAPIResponse): void {
  serve('GET /v1/changes', request, response);
}

export function rateChat(request: RESTAPIRequest, response: RESTAPIResponse): void {
  serve('POST /v1/chats/{conversationId}/rating', request, response);
}

export function showQueue(request: RESTAPIRequest, response: RESTAPIResponse): void {
  serve('GET /v1/queues/{queue}', request, response);
}

function serve(route: RouteName, request: RESTAPIRequest, response: RESTAPIResponse): void {
  const { status, body, retryAfter } = answer(instance(), routes[route], requestOf(route, request));
  response.setStatus(status);
  if (retryAfter !== undefined) response.setHeader('Retry-After', String(retryAfter));
  if (body === undefined) return;
  response.setContentType('application/json');
  // Written as it is: `setBody` would wrap it into another `result`.
  response.getStreamWriter().writeString(JSON.stringify(body));
}

function requestOf(route: RouteName, request: RESTAPIRequest): Request {
  const { pathParams, queryParams, body } = request;
  const query = Object.keys(queryParams ?? {}).map((name) => [name, String([queryParams[name]].flat()[0])]);
  const path = Object.keys(pathParams ?? {}).map((name) => [name, String(pathParams[name])]);
  return {
    path: Object.fromEntries(path),
    query: Object.fromEntries(query),
    ...(route === fileRoute
      ? { body: {}, file: { type: request.getHeader('Content-Type'), data: body.dataStream } }
      : { body: route.startsWith('POST ') ? objectIn(body?.dataString) : {} }),
  };
}

/** What is no object of JSON holds nothing; the route says what is missing. */
function objectIn(text: string | undefined): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(String(text));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
