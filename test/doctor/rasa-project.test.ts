import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadConfig } from '../../src/config/config';
import { rasaProject } from '../../src/doctor/checks/rasa-project';
import type { DoctorParts } from '../../src/doctor/parts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rasa-project-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Files = Readonly<Record<string, string>>;

/** A bot that hands over, as a tutorial would have it. */
const good: Files = {
  'config.yml':
    'recipe: default.v1\nlanguage: en\npipeline:\n  - name: KeywordIntentClassifier\npolicies:\n  - name: RulePolicy\n',
  'credentials.yml': 'rest:\n',
  'endpoints.yml': 'action_endpoint:\n  url: http://localhost:5055/webhook\n',
  'domain.yml': `version: "3.1"
intents: [greet, talk_to_live_agent]
slots:
  handoff_active: {type: bool, influence_conversation: false, mappings: [{type: custom}]}
  live_chat_id: {type: any, influence_conversation: false, mappings: [{type: custom}]}
  live_chat_user: {type: any, influence_conversation: false, mappings: [{type: custom}]}
  live_chat_last_updated: {type: any, influence_conversation: false, mappings: [{type: custom}]}
responses:
  utter_greet:
    - text: Hello!
  utter_live_agent:
    - text: I am calling a colleague.
      custom:
        handoff: {reason: user_request}
`,
  'data/nlu.yml':
    'nlu:\n- intent: greet\n  examples: |\n    - hello\n- intent: talk_to_live_agent\n  examples: |\n    - live agent\n',
  'data/rules.yml': `rules:
- rule: greet
  steps:
  - intent: greet
  - action: utter_greet
- rule: live agent
  steps:
  - intent: talk_to_live_agent
  - action: utter_live_agent
`,
};

/** What is said of a bot with these files, in place of or beside the good ones; an empty text takes one away. */
async function saidOf(changes: Files = {}, env: NodeJS.ProcessEnv = {}): Promise<string[]> {
  for (const [name, content] of Object.entries({ ...good, ...changes })) {
    if (content === '') continue;
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  const settings = {
    DEV_INSECURE: '1',
    RASA_URL: 'http://127.0.0.1:1',
    RASA_TRACKER: '1',
    SERVICENOW_URL: 'http://127.0.0.1:1',
    SERVICENOW_USERNAME: 'u',
    SERVICENOW_PASSWORD: 'p',
    SERVICENOW_QUEUE: 'q',
    ...env,
  };
  const parts = { rasaProject: folder, config: loadConfig(settings, () => '') } as unknown as DoctorParts;
  const findings = await rasaProject.look(parts);
  return findings.map(({ verdict, what }) => `${verdict}: ${what}`);
}

const fine = 'good: A hand-off can fire (payload: utter_live_agent, in live agent).';

function withLine(file: keyof typeof good & string, from: string, to: string): Files {
  expect(good[file]).toContain(from);
  return { [file]: (good[file] ?? '').replace(from, to) };
}

test('nothing is said against a bot that hands over', async () => {
  expect(await saidOf()).toEqual([fine]);
});

test('the domain may be a folder of files', async () => {
  const whole = good['domain.yml'] ?? '';
  const at = whole.indexOf('responses:');
  const parts = { 'domain.yml': '', 'domain/base.yml': whole.slice(0, at), 'domain/words.yml': whole.slice(at) };
  expect(await saidOf(parts)).toEqual([fine]);
});

test('without a folder nothing is looked at', async () => {
  expect(await rasaProject.look({ config: {} } as unknown as DoctorParts)).toEqual([]);
});

test('a folder that is not there, and one without a bot', async () => {
  const config = loadConfig(
    {
      DEV_INSECURE: '1',
      RASA_URL: 'http://127.0.0.1:1',
      SERVICENOW_URL: 'http://127.0.0.1:1',
      SERVICENOW_USERNAME: 'u',
      SERVICENOW_PASSWORD: 'p',
      SERVICENOW_QUEUE: 'q',
    },
    () => '',
  );
  const look = (rasaProject_: string) =>
    rasaProject.look({ rasaProject: rasaProject_, config } as unknown as DoctorParts);
  expect(await look(join(folder, 'nowhere'))).toEqual([
    expect.objectContaining({ verdict: 'broken', what: expect.stringContaining('cannot be read') }),
  ]);
  expect(await look(folder)).toEqual([
    expect.objectContaining({ verdict: 'broken', what: `No file in ${folder} is a Rasa domain.` }),
  ]);
});

test('a file that is no YAML is named with its line, and nothing of its content', async () => {
  const said = await saidOf({ 'data/stories.yml': 'stories:\n- story: "my secret\n  steps: [\n' });
  expect(said[0]).toMatch(/^broken: data\/stories\.yml:[234] cannot be read as YAML of a Rasa bot\.$/);
  expect(said.join()).not.toContain('secret');
});

test('a response that calls for a person and that nothing says', async () => {
  const rules = withLine('data/rules.yml', '- action: utter_live_agent', '- action: utter_greet');
  expect(await saidOf(rules)).toEqual([
    'broken: utter_live_agent calls for a live agent, but no rule, story or flow says it.',
  ]);
  const code = withLine('domain.yml', 'responses:', 'actions: [action_ask_somebody]\nresponses:');
  expect(await saidOf({ ...rules, ...code })).toEqual([expect.stringMatching(/^risk: utter_live_agent calls/)]);
});

test('no response calls for a person', async () => {
  const plain = withLine('domain.yml', '      custom:\n        handoff: {reason: user_request}\n', '');
  expect(await saidOf(plain)).toEqual(['broken: Nothing that the bot says calls for a live agent.']);
});

test('a slot calls for a person, which only the tracker shows', async () => {
  const plain = withLine('domain.yml', '      custom:\n        handoff: {reason: user_request}\n', '');
  expect(await saidOf(plain, { RASA_TRACKER: '' })).toEqual([
    expect.stringMatching(/^broken: The bot calls for a live agent by handoff_active, which only shows in the tracker/),
  ]);
});

test('the intent that the hand-off waits for is not in the domain', async () => {
  expect(await saidOf(withLine('domain.yml', 'intents: [greet, talk_to_live_agent]', 'intents: [greet]'))).toEqual([
    'broken: The hand-off waits for the intent talk_to_live_agent, which the domain does not have.',
  ]);
});

test('the intent that the hand-off waits for has no examples', async () => {
  expect(await saidOf(withLine('data/nlu.yml', '- intent: talk_to_live_agent', '- intent: something_else'))).toEqual([
    'broken: The hand-off waits for the intent talk_to_live_agent, for which there are no examples.',
  ]);
});

test('a rule names a response that the domain does not have', async () => {
  expect(await saidOf(withLine('data/rules.yml', '- action: utter_greet', '- action: utter_hello'))).toEqual([
    fine,
    'broken: "greet" names utter_hello, which the domain does not have.',
  ]);
});

test('a rule calls for a person by an action that is not declared', async () => {
  const said = await saidOf(withLine('data/rules.yml', '- action: utter_greet', '- action: action_live_agent'));
  expect(said).toContain('broken: "greet" names action_live_agent, which the domain does not have.');
});

test('a hand-off to a queue or a host that nobody configured', async () => {
  const queue = withLine('domain.yml', '{reason: user_request}', '{reason: user_request, queue: payroll}');
  expect(await saidOf(queue)).toEqual([
    fine,
    'risk: utter_live_agent hands over to the queue "payroll", which SERVICENOW_QUEUES does not name.',
  ]);
  expect(await saidOf(queue, { SERVICENOW_QUEUES: '{"payroll":"id"}' })).toEqual([fine]);
  const host = withLine('domain.yml', 'handoff: {reason: user_request}', 'handoff_host: desk');
  expect(await saidOf(host)).toContain(
    'broken: utter_live_agent hands over to the host "desk", which the connector does not know: it is no hand-off.',
  );
});

test('the REST channel is not switched on', async () => {
  expect(await saidOf({ 'credentials.yml': 'socketio:\n  user_message_evt: user_uttered\n' })).toEqual([
    fine,
    'broken: credentials.yml does not switch the REST channel on.',
  ]);
});

test('rules without the policy that follows them', async () => {
  expect(await saidOf(withLine('config.yml', 'RulePolicy', 'MemoizationPolicy'))).toEqual([
    fine,
    'broken: There are rules, but config.yml has no RulePolicy.',
  ]);
});

test('the hand-off inside of Rasa that this product replaces', async () => {
  expect(
    await saidOf(withLine('config.yml', '- name: RulePolicy', '- name: RulePolicy\n  - name: policies.HandoffPolicy')),
  ).toEqual([
    fine,
    'risk: The policy policies.HandoffPolicy keeps the conversation in Rasa while a live chat goes on.',
  ]);
});

test('a bot with flows that declines to hand over, and one that does not', async () => {
  const flows = (name: string) => ({
    'data/flows.yml': `flows:\n  ${name}:\n    description: calls\n    steps:\n      - action: utter_live_agent\n`,
  });
  expect(await saidOf(flows('order_laptop'))).toContain(
    'risk: The bot has flows, and leaves pattern_human_handoff as Rasa brings it.',
  );
  expect(await saidOf(flows('pattern_human_handoff'))).toEqual([expect.stringMatching(/^good: A hand-off can fire/)]);
});

test('slots of the live chat that are missing, or that disturb the dialogue', async () => {
  const missing = withLine('domain.yml', '  live_chat_id:', '  another:');
  expect(await saidOf(missing)).toEqual([fine, 'risk: The domain does not declare live_chat_id.']);
  expect(await saidOf(missing, { RASA_TRACKER: '' })).toEqual([fine]);
  const loud = withLine(
    'domain.yml',
    'handoff_active: {type: bool, influence_conversation: false',
    'handoff_active: {type: bool',
  );
  expect(await saidOf(loud)).toEqual([fine, 'risk: handoff_active influences the dialogue.']);
});

test('words for the channel of Teams are never chosen', async () => {
  const own = withLine(
    'domain.yml',
    '    - text: Hello!',
    '    - text: Hello!\n    - text: Hello, Teams!\n      channel: msteams',
  );
  expect(await saidOf(own)).toEqual([fine, 'risk: utter_greet has words for the channel of Teams only.']);
});

test('what lies aside is not read: tests, models, hidden folders', async () => {
  const aside = { 'tests/test_stories.yml': ': [', 'models/x.yml': ': [', '.github/workflows/ci.yml': ': [' };
  expect(await saidOf(aside)).toEqual([fine]);
});
