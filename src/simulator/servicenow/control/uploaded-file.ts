import { bytesOf } from '../model/uploads';
import type { World } from '../model/world';
import { type Answer, failure } from '../platform/answer';

/** Types that a page can show without running anything. */
const pictures: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/** The bytes of a file for the agent desk page. Whatever is no picture is bytes to the browser, to be saved. */
export function uploadedFile(world: World, id: string): Answer {
  const upload = world.state.uploads[id];
  if (!upload) return failure(404, 'There is no such file');
  // A name can hold half a character, which no address can.
  const name = encodeURIComponent(Buffer.from(upload.name).toString());
  const headers = {
    'content-type': pictures.has(upload.contentType) ? upload.contentType : 'application/octet-stream',
    'content-disposition': `attachment; filename*=UTF-8''${name}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  };
  return { status: 200, headers, body: '', bytes: bytesOf(upload) };
}
