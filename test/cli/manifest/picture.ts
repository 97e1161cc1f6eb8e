import { inflateSync } from 'node:zlib';

/** A decoded picture: one `[red, green, blue, alpha]` for each pixel, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: readonly (readonly number[])[];
}

/** Decodes a PNG file with 8 bits per channel, without a palette and not interlaced. */
export function decodePng(file: Buffer): Picture {
  const [width, height] = [file.readUInt32BE(16), file.readUInt32BE(20)];
  const channels = file[25] === 6 ? 4 : 3;
  if (file[24] !== 8 || (file[25] !== 6 && file[25] !== 2) || file[28] !== 0) throw new Error('another kind of PNG');
  const bytes = unfilter(inflateSync(imageData(file)), width * channels, channels);
  const pixels = Array.from({ length: width * height }, (_, index) => {
    const [red = 0, green = 0, blue = 0, alpha = 255] = bytes.subarray(index * channels, (index + 1) * channels);
    return [red, green, blue, alpha];
  });
  return { width, height, pixels };
}

function imageData(file: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 8; at < file.length; at += 12 + file.readUInt32BE(at)) {
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(file.subarray(at + 8, at + 8 + file.readUInt32BE(at)));
  }
  return Buffer.concat(parts);
}

function unfilter(data: Buffer, stride: number, channels: number): Buffer {
  const rows = data.length / (stride + 1);
  const result = Buffer.alloc(rows * stride);
  for (let row = 0; row < rows; row += 1) {
    const filter = data[row * (stride + 1)] ?? 0;
    for (let x = 0; x < stride; x += 1) {
      const at = row * stride + x;
      const left = x < channels ? 0 : (result[at - channels] ?? 0);
      const up = row === 0 ? 0 : (result[at - stride] ?? 0);
      const corner = x < channels || row === 0 ? 0 : (result[at - stride - channels] ?? 0);
      result[at] = (data[row * (stride + 1) + 1 + x] ?? 0) + predicted(filter, left, up, corner);
    }
  }
  return result;
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  return filter === 4 ? paeth(left, up, corner) : 0;
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner;
  const [toLeft, toUp, toCorner] = [left, up, corner].map((value) => Math.abs(estimate - value));
  if (toLeft !== undefined && toUp !== undefined && toCorner !== undefined) {
    if (toLeft <= toUp && toLeft <= toCorner) return left;
    if (toUp <= toCorner) return up;
  }
  return corner;
}
