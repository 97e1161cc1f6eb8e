import { RestApi } from '@servicenow/sdk/core';
import {
  endChat,
  findChat,
  listChanges,
  listMessages,
  noteTyping,
  openChat,
  postMessage,
  rateChat,
  showChat,
  showQueue,
} from '../server/instance/handlers';
import { executeApi } from './roles.now';

/**
 * The version stands in the paths, so that the base is the same with and without a default version. Each route names its ACL: one that
 * names none gets the platform's default, which lets every internal user in.
 */
RestApi({
  $id: Now.ID['live-chat-api'],
  name: 'Teams Live Chat',
  serviceId: 'live_chat',
  consumes: 'application/json',
  produces: 'application/json',
  shortDescription: 'Opens Agent Chat to a connector; see README.md of the application for the contract.',
  enforceAcl: [executeApi],
  routes: [
    {
      $id: Now.ID['route-open'],
      name: 'Open a chat, once for each externalId',
      method: 'POST',
      path: '/v1/chats',
      script: openChat,
      enforceAcl: [executeApi],
    },
    {
      $id: Now.ID['route-find'],
      name: 'Find a chat by externalId',
      method: 'GET',
      path: '/v1/chats',
      script: findChat,
      enforceAcl: [executeApi],
    },
    {
      $id: Now.ID['route-show'],
      name: 'How a chat stands',
      method: 'GET',
      path: '/v1/chats/{conversationId}',
      script: showChat,
      enforceAcl: [executeApi],
    },
    {
      $id: Now.ID['route-post'],
      name: 'Say something, once for each externalId',
      method: 'POST',
      path: '/v1/chats/{conversationId}/messages',
      script: postMessage,
      enforceAcl: [executeApi],
    },
    {
      $id: Now.ID['route-messages'],
      name: 'Messages of a chat after a sequence',
      method: 'GET',
      path: '/v1/chats/{conversationId}/messages',
      script: listMessages,
      enforceAcl: [executeApi],
    },
    {
      $id: Now.ID['route-typing'],
      name: 'The requester is there',
      method: 'POST',
      path: '/v1/chats/{conversationId}/typing',
      script: noteTyping,
      enforceAcl: [executeApi],
    },
    {
      $id: Now.ID['route-end'],
      name: 'The requester leaves',
      method: 'POST',
      path: '/v1/chats/{conversationId}/end',
      script: endChat,
      enforceAcl: [executeApi],
    },
    {
      $id: Now.ID['route-rating'],
      name: 'How content the requester was',
      method: 'POST',
      path: '/v1/chats/{conversationId}/rating',
      script: rateChat,
      enforceAcl: [executeApi],
    },
    {
      $id: Now.ID['route-queue'],
      name: 'Whether a queue takes chats',
      method: 'GET',
      path: '/v1/queues/{queue}',
      script: showQueue,
      enforceAcl: [executeApi],
    },
    {
      $id: Now.ID['route-changes'],
      name: 'What is new in all chats of the caller after a sequence',
      method: 'GET',
      path: '/v1/changes',
      script: listChanges,
      enforceAcl: [executeApi],
    },
  ],
});
