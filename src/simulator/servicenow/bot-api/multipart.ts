/** One part of a form. */
export interface Part {
  readonly name: string;
  readonly fileName?: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}

/** The parts of a `multipart/form-data` body in their order; undefined when it is none. */
export function partsOf(contentType: string, body: Buffer): Part[] | undefined {
  const [, quoted, plain] = /^multipart\/form-data\b.*?;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) return undefined;
  const line = Buffer.from(`--${boundary}`);
  const parts: Part[] = [];
  for (let at = body.indexOf(line); at >= 0; ) {
    const begin = at + line.length;
    const end = body.indexOf(Buffer.concat([Buffer.from('\r\n'), line]), begin);
    if (end < 0) break;
    const part = partIn(body.subarray(begin + 2, end));
    if (!part) return undefined;
    parts.push(part);
    at = end + 2;
  }
  return parts;
}

function partIn(bytes: Buffer): Part | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  const head = bytes.subarray(0, Math.max(0, end)).toString('utf8');
  const [, name] = /^content-disposition:.*?;\s*name="([^"]*)"/im.exec(head) ?? [];
  if (name === undefined) return undefined;
  const [, fileName] = /^content-disposition:.*?;\s*filename="([^"]*)"/im.exec(head) ?? [];
  const [, contentType = 'text/plain'] = /^content-type:\s*(\S[^\r\n]*)/im.exec(head) ?? [];
  return { name, contentType, bytes: bytes.subarray(end + 4), ...(fileName === undefined ? {} : { fileName }) };
}
