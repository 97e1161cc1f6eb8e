import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type VariableName, variables } from '../../src/config/variables';

const ops = join(__dirname, '../../ops');
const read = (name: string) => readFileSync(join(ops, name), 'utf8');
const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, found = '']) => found);
const isSecret = (name: string) => 'secret' in (variables[name as VariableName] ?? {});
const unknown = (names: readonly string[]) => names.filter((name) => !Object.hasOwn(variables, name));

describe('the Helm chart', () => {
  const templates = readdirSync(join(ops, 'helm/templates')).map(
    (file) => [file, read(`helm/templates/${file}`)] as const,
  );
  const values = parse(read('helm/values.yaml')) as Record<string, unknown>;
  const config = Object.keys(values.config as object);
  const { files } = values.secret as { files: string[] };
  const deployment = read('helm/templates/deployment.yaml');

  test('sets only variables that the connector knows, secrets as files, and nothing else as a secret', () => {
    expect(unknown([...config, ...files])).toEqual([]);
    expect(config.filter(isSecret)).toEqual([]);
    expect(files.filter((name) => !isSecret(name))).toEqual([]);
    const set = all(read('helm/templates/configmap.yaml'), /^ {2}([A-Z]\w+): "/gm);
    expect(set).toEqual(['PORT', 'ADMIN_PORT']);
  });

  test.each(templates)('%s names only values that values.yaml has, and closes what it opens', (_file, text) => {
    const used = [...new Set(all(text, /\.Values\.([\w.]+)/g))];
    const valueAt = (path: string) =>
      path.split('.').reduce<unknown>((value, part) => (value as Record<string, unknown>)?.[part], values);
    expect(used.filter((path) => valueAt(path) === undefined)).toEqual([]);
    expect(all(text, /(\{\{)/g)).toHaveLength(all(text, /(\}\})/g).length);
    const opened = all(text, /\{\{-? (if|with|range|define)\b/g);
    expect(all(text, /\{\{-? (end) -?\}\}/g)).toHaveLength(opened.length);
  });

  test('runs as an ordinary user over a read-only file system, and gives deliveries time to settle', () => {
    for (const line of [
      'runAsNonRoot: true',
      'readOnlyRootFilesystem: true',
      'allowPrivilegeEscalation: false',
      'drop: [ALL]',
      'automountServiceAccountToken: false',
      'defaultMode: 0440',
    ])
      expect(deployment).toContain(line);
    const grace = Number(all(deployment, /terminationGracePeriodSeconds: (\d+)/g)[0]);
    expect(grace).toBeGreaterThan(5 + 10 + 2);
  });

  test('asks for health where it is, and lets nothing from outside to the admin port', () => {
    const { data } = parse(read('helm/templates/configmap.yaml').replaceAll(/^.*\{\{.*$/gm, '')) as { data: object };
    expect(all(deployment, /containerPort: (\d+)/g)).toEqual(Object.values(data));
    expect(all(deployment, /path: (\/\w+)/g).slice(0, 3)).toEqual(['/readyz', '/healthz', '/healthz']);
    const ingress = read('helm/templates/ingress.yaml');
    expect(ingress).not.toContain('admin');
    expect(all(ingress, /- path: (.+)/g)).toEqual(['/api/']);
  });
});

describe('the Bicep file', () => {
  const bicep = read('azure/main.bicep');
  const example = read('azure/example.bicepparam');
  const section = (from: string, to: string) =>
    bicep.slice(bicep.indexOf(from), bicep.indexOf(to, bicep.indexOf(from)));

  test('sets only variables that the connector knows, and secrets from the key vault only', () => {
    const plain = all(section('var plain =', 'var secretVariables'), /^ {2}(\w+):/gm);
    const secrets = all(section('var secretVariables', 'var secretNames'), /name: '(\w+)'/g);
    expect(unknown([...plain, ...secrets])).toEqual([]);
    expect(plain.filter(isSecret)).toEqual([]);
    expect(secrets.filter(isSecret)).toEqual(secrets);
    const kept = all(section("resource vault 'Microsoft", 'resource readsSecrets'), /^ {4}name: '([\w-]+)'/gm);
    expect(kept.sort()).toEqual(
      all(section('var secretVariables', 'var secretNames'), /secretRef: '([\w-]+)'/g).sort(),
    );
    const secure = all(bicep, /@secure\(\)\nparam (\w+)/g);
    expect(secure).toEqual(['appPassword', 'serviceNowPassword', 'databasePassword']);
  });

  test('asks for health and for turns where they are', () => {
    expect(all(bicep, /targetPort: (\d+)/g)).toEqual(all(bicep, /^ {2}PORT: '(\d+)'/gm));
    const admin = all(bicep, /ADMIN_PORT: '(\d+)'/g)[0];
    expect(all(bicep, /path: '\/\w+', port: (\d+)/g)).toEqual([admin, admin, admin]);
    expect(bicep).toContain('/api/messages');
    expect(bicep).toContain('allowInsecure: false');
  });

  test('comes with an example that sets every parameter without a default, and no other', () => {
    const params = [...bicep.matchAll(/^param (\w+) \w+( =)?/gm)].map(([, name = '', has]) => ({ name, has }));
    const given = all(example, /^param (\w+) =/gm);
    expect(given.filter((name) => !params.some((param) => param.name === name))).toEqual([]);
    expect(params.filter(({ name, has }) => !has && !given.includes(name))).toEqual([]);
  });

  test('names only what it declares', () => {
    const declared = all(bicep, /^ *(?:param|var|resource|output) (\w+)/gm);
    const referred = all(bicep, /\b(\w+)(?:::\w+)?\.(?:id|properties|listKeys)\b/g).filter((name) => name !== 'item');
    expect([...new Set(referred)].filter((name) => !declared.includes(name))).toEqual([]);
    for (const [open, close] of ['{}', '[]', '()'])
      expect(bicep.split(open as string).length).toBe(bicep.split(close as string).length);
  });
});
