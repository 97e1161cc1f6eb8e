import { addUpload, bytesOf } from '../model/uploads';
import { type Answer, failure, json, Refused } from '../platform/answer';
import { type Call, type Handler, param } from '../platform/call';
import { mediaUrl } from './items';
import { type Part, partsOf } from './multipart';

/** Files of conversations: uploaded before they are sent, and read by their address. */
export const mediaRoutes: Readonly<Record<string, Handler>> = {
  'POST /cccif/media/upload': upload,
  'POST /v1/cccif/media/upload': upload,
  'GET /v1/cs/media/:token': (call) => {
    const found = call.world.state.uploads[param(call, 'token')];
    if (!found) throw new Refused(failure(404, 'No Record found'));
    return { status: 200, headers: { 'content-type': found.contentType }, body: '', bytes: bytesOf(found) };
  },
};

function upload(call: Call): Answer {
  const { world, caller, incoming } = call;
  world.state.bot.origin = `http://${incoming.headers.host ?? '127.0.0.1'}`;
  const { contentType, bytes, fileName = 'file' } = fileIn(call);
  const made = addUpload(world, { record: '', name: fileName, contentType, bytes, by: caller });
  call.effects.push(made.id);
  const result = {
    mediaUrl: mediaUrl(world, made.id),
    name: fileName,
    state: world.state.config.mediaState,
    attachmentId: made.id,
  };
  return json(201, { result });
}

/** The form must name the employee, and have the file at its end. */
function fileIn({ incoming }: Call): Part {
  const parts = partsOf(incoming.headers['content-type'] ?? '', incoming.bytes);
  if (!parts) throw new Refused(failure(400, 'Invalid request body', 'The payload is not a form with a file'));
  const last = parts.at(-1);
  const users = parts.slice(0, -1).filter(({ name, bytes }) => name === 'user_id' && bytes.length > 0);
  if (users.length !== 1) throw new Refused(failure(400, 'Invalid request body', 'user_id is required'));
  if (last?.fileName === undefined)
    throw new Refused(failure(400, 'Invalid request body', 'The file must be the last part'));
  return last;
}
