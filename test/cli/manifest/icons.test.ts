import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodePng, type Picture } from './picture';

const icon = (name: string): Picture => decodePng(readFileSync(join(__dirname, '../../../manifest/icons', name)));

test('the colour icon is a full square of 192 pixels without a transparent corner', () => {
  const { width, height, pixels } = icon('color.png');
  expect([width, height]).toEqual([192, 192]);
  expect(pixels.filter(([, , , alpha]) => alpha !== 255)).toEqual([]);
});

test('the symbol of the colour icon stays within the middle 96 pixels, where no mask cuts it', () => {
  const { width, pixels } = icon('color.png');
  const bright = pixels.flatMap(([red = 0], index) =>
    red > 100 ? [{ x: index % width, y: Math.floor(index / width) }] : [],
  );
  expect(bright.length).toBeGreaterThan(1_000);
  expect(bright.filter(({ x, y }) => x < 48 || x >= 144 || y < 48 || y >= 144)).toEqual([]);
});

test('the outline icon is 32 pixels wide, and nothing but white and transparency', () => {
  const { width, height, pixels } = icon('outline.png');
  expect([width, height]).toEqual([32, 32]);
  const visible = pixels.filter(([, , , alpha]) => alpha !== 0);
  expect(visible.filter((pixel) => pixel.slice(0, 3).join() !== '255,255,255')).toEqual([]);
  expect(visible.length).toBeGreaterThan(200);
  expect(pixels.length - visible.length).toBeGreaterThan(200);
});

test('the outline icon uses the whole space, without a margin', () => {
  const { width, pixels } = icon('outline.png');
  const columns = pixels.flatMap(([, , , alpha = 0], index) => (alpha > 0 ? [index % width] : []));
  const rows = pixels.flatMap(([, , , alpha = 0], index) => (alpha > 0 ? [Math.floor(index / width)] : []));
  expect([Math.min(...columns), Math.max(...columns)]).toEqual([0, 31]);
  expect([Math.min(...rows), Math.max(...rows)]).toEqual([0, 30]);
});
