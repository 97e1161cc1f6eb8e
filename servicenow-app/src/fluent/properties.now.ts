import { Property } from '@servicenow/sdk/core';
import { adminRole } from './roles.now';

Property({
  $id: Now.ID['property-push-url'],
  name: 'x_tlc.push.url',
  type: 'string',
  value: '',
  description:
    'Address of the connector for events, such as https://chat.example/api/servicenow/events. Empty: none are sent.',
  roles: { read: [adminRole], write: [adminRole] },
});

Property({
  $id: Now.ID['property-push-secret'],
  name: 'x_tlc.push.secret',
  type: 'password2',
  value: '',
  description: 'What events are signed with: whsec_ and base64, the same as SERVICENOW_EVENTS_SECRET of the connector.',
  isPrivate: true,
  ignoreCache: true,
  roles: { read: [adminRole], write: [adminRole] },
});

Property({
  $id: Now.ID['property-service-channel'],
  name: 'x_tlc.service_channel',
  type: 'string',
  value: '',
  description:
    'sys_id of the service channel (awa_service_channel) that chats are routed by. Empty: the platform decides.',
  roles: { read: [adminRole], write: [adminRole] },
});

Property({
  $id: Now.ID['property-fallback-requester'],
  name: 'x_tlc.fallback_requester',
  type: 'string',
  value: '',
  description: 'User name of the requester of chats whose employee has no user here. Empty: the service account.',
  roles: { read: [adminRole], write: [adminRole] },
});

Property({
  $id: Now.ID['property-public-visibility'],
  name: 'x_tlc.public_visibility',
  type: 'string',
  value: 'public,all',
  description:
    'Values of visibility_type of messages that employees may see, with commas. Those without a value are always seen.',
  roles: { read: [adminRole], write: [adminRole] },
});

Property({
  $id: Now.ID['property-closed-message'],
  name: 'x_tlc.closed_message',
  type: 'string',
  value: 'The help desk is closed at the moment.',
  description: 'What employees are told while the schedule of a queue says that it is closed.',
  roles: { read: [adminRole], write: [adminRole] },
});

Property({
  $id: Now.ID['property-presence-minutes'],
  name: 'x_tlc.presence_minutes',
  type: 'integer',
  value: 30,
  description:
    'For so many minutes after the last word of a chat the platform is told that the requester is there. As long as IDLE_TIMEOUT_MS of the connector.',
  roles: { read: [adminRole], write: [adminRole] },
});
