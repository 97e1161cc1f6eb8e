import type { AgentFile } from '../../conversation/types';
import { cleanInline } from '../clean';

const mediaPath =
  /^\/api\/now\/(?:v\d+\/)?(?:cs\/media|attachment|cccif\/media)\/[\w.~-]+(?:\/[\w.~-]+)*(?:\?[\w.~=&%-]*)?$/;
const longestAddress = 1_000;

/** A file on the instance, by its address: with or without the host, which must be the instance's own. Its id is its path. */
export function fileAt(address: string, name: string | undefined, instance: string): AgentFile | undefined {
  const path = pathAt(address, instance);
  if (path === undefined) return undefined;
  const last = path.replace(/\?.*$/, '').split('/').at(-1) ?? '';
  return { id: path, name: cleanInline(name ?? '') || last };
}

/** True of what {@link fileAt} made, and of nothing that could lead elsewhere. */
export function isFilePath(id: string): boolean {
  return id.length <= longestAddress && mediaPath.test(id) && !id.split(/[/?]/).some((part) => /^\.+$/.test(part));
}

function pathAt(address: string, instance: string): string | undefined {
  try {
    const base = new URL(instance);
    const url = new URL(address, base);
    const path = url.pathname + url.search;
    return url.origin === base.origin && url.username === '' && isFilePath(path) ? path : undefined;
  } catch {
    return undefined;
  }
}
