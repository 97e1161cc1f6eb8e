import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { ApiFailure } from '../../conversation/failures';
import type { ServiceNowHttp } from '../http';
import type { FillPath } from '../paths';
import type { MessageAuth } from '../settings';
import type { BotOptions } from './options';
import { uploaded } from './schema';

/** One request of the Virtual Agent Bot Integration API, without what is the same on all of them. */
export interface BotRequest {
  /** The same at every attempt: the instance passes over one that it has had. */
  readonly requestId: string;
  readonly clientSessionId: string;
  readonly userId: string;
  readonly emailId?: string;
  readonly action?: string;
  readonly message?: unknown;
  readonly contextVariables?: Readonly<Record<string, string>>;
  readonly history?: readonly unknown[];
  readonly timezone?: string;
}

export interface FileToUpload {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** All throw an ApiFailure. Success means that the instance has taken the request in, not that it will do what it says. */
export interface BotCalls {
  /** Resolves with what the answer itself holds: callbacks, where the instance does not wait. */
  send(request: BotRequest, operation: string): Promise<unknown>;
  /** Resolves with the address of the file there. */
  upload(userId: string, file: FileToUpload): Promise<string>;
}

export interface BotCallParts {
  readonly http: ServiceNowHttp;
  readonly fill: FillPath;
  readonly options: BotOptions;
  readonly messageAuth: MessageAuth;
}

const boundary = 'connector-7d1f0c55a1b94e0e';
/** The answer to `UPDATE_MESSAGES` is plain text. */
const anything = z.unknown();

export function makeBotCalls({ http, fill, options, messageAuth }: BotCallParts): BotCalls {
  return {
    send: async (request, operation) => {
      const { token, signingKey } = messageAuth;
      const common = { botToBot: true, clientVariables: { chat: request.clientSessionId } };
      const inbound = options.appInboundId ? { appInboundId: options.appInboundId } : {};
      const proof = token && options.tokenPlace === 'body' ? { token } : {};
      const body = JSON.stringify({ ...request, ...common, ...inbound, ...proof });
      const headers = {
        ...(token && options.tokenPlace === 'header' ? { token } : {}),
        ...(signingKey ? { 'x-b2b-signature': createHmac('sha1', signingKey).update(body).digest('hex') } : {}),
      };
      const call = { method: 'POST', url: fill(options.path), body, headers, result: anything, operation } as const;
      return failed(await http.write({ ...call, enveloped: false }), operation);
    },
    upload: async (userId, file) => {
      const bytes = multipart(userId, file);
      const type = `multipart/form-data; boundary=${boundary}`;
      const url = fill(options.uploadPath);
      const call = {
        method: 'POST',
        url,
        file: { bytes, type },
        result: uploaded,
        operation: 'uploading a file',
      } as const;
      const { mediaUrl, state } = await http.write(call);
      if (state !== undefined && /not available/i.test(state)) throw refusedFile();
      return mediaUrl;
    },
  };
}

/** A failure that came with a status of success. */
function failed(answer: unknown, operation: string): unknown {
  const told = z.looseObject({ status: z.string() }).safeParse(answer);
  if (!told.success || told.data.status !== 'failure') return answer;
  const message = `servicenow: ${operation} was refused`;
  throw new ApiFailure({ upstream: 'servicenow', kind: 'rejected', certain: true, message });
}

/** The platform wants the file last. */
function multipart(userId: string, { name, type, bytes }: FileToUpload): Uint8Array {
  const fileName = name.replace(/["\\\r\n]/g, '_');
  const head = [
    `--${boundary}`,
    'Content-Disposition: form-data; name="user_id"',
    '',
    userId,
    `--${boundary}`,
    `Content-Disposition: form-data; name="file"; filename="${fileName}"`,
    `Content-Type: ${type}`,
    '',
    '',
  ].join('\r\n');
  return Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]);
}

function refusedFile(): ApiFailure {
  const message = 'servicenow: the file was not made available';
  return new ApiFailure({ upstream: 'servicenow', kind: 'rejected', certain: true, message });
}
