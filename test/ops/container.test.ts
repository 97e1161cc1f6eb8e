import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { variables } from '../../src/config/variables';

const root = join(__dirname, '../..');
const read = (name: string) => readFileSync(join(root, name), 'utf8');
const dockerfile = read('Dockerfile');

test('everything that the image is built from is there, and is let in', () => {
  const copies = dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm);
  const sources = [...copies].flatMap(([, list = '']) => list.split(' '));
  const letIn = read('.dockerignore')
    .split('\n')
    .filter((line) => line.startsWith('!'))
    .map((line) => line.slice(1));
  expect(sources.length).toBeGreaterThan(3);
  expect(sources.filter((source) => !existsSync(join(root, source)))).toEqual([]);
  expect(letIn.sort()).toEqual(sources.sort());
});

test('the image runs as an ordinary user, writes to its volume, and is stopped by a signal that Node gets', () => {
  const last = dockerfile.slice(dockerfile.lastIndexOf('FROM '));
  expect(last).toMatch(/^USER node$/m);
  expect(last).toMatch(/^STOPSIGNAL SIGTERM$/m);
  expect(last).toMatch(/^CMD \["node", "dist\/main\.js"\]$/m);
  expect(last).toMatch(/DATABASE_URL=file:\/data\/connector\.db$/m);
  expect(last).toMatch(/^HEALTHCHECK .*\/healthz/m);
});

test('image and compose file name only variables that the connector knows, and its port', () => {
  const known = Object.keys(variables);
  const set = [...dockerfile.matchAll(/^ENV (.+)$/gm)].flatMap(([, list = '']) => list.match(/\w+(?==)/g) ?? []);
  const asked = [...dockerfile.matchAll(/process\.env\.(\w+)/g)].map(([, name = '']) => name);
  expect([...set, ...asked].filter((name) => name !== 'NODE_ENV' && !known.includes(name))).toEqual([]);
  const service = z.object({ ports: z.array(z.string()), volumes: z.array(z.string()), read_only: z.literal(true) });
  const { services } = z.object({ services: z.object({ connector: service }) }).parse(parse(read('compose.yaml')));
  const port = /^EXPOSE (\d+)$/m.exec(dockerfile)?.[1];
  expect(services.connector.ports).toEqual([`127.0.0.1:${port}:${port}`]);
  expect(services.connector.volumes).toEqual(['data:/data']);
});
