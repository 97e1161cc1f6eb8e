import fc from 'fast-check';
import { plainOf } from '../../../src/conversation/marks';
import type { Instant } from '../../../src/conversation/types';
import { answerTo } from '../../../src/servicenow/va-bot/choices';
import { fileAt, isFilePath } from '../../../src/servicenow/va-bot/media';
import { botOptions } from '../../../src/servicenow/va-bot/options';
import { arrivalsOf, rowOf } from '../../../src/servicenow/va-bot/rows';
import { item } from '../../../src/servicenow/va-bot/schema';
import { asked, chatState, standingAfter } from '../../../src/servicenow/va-bot/standing';

const instance = 'https://inst.example';
const options = botOptions.parse({});
const arrivals = (...bodies: object[]) =>
  arrivalsOf(bodies.map((body, index) => ({ seq: index + 1, at: 1_000 as Instant, body: JSON.stringify(body) })));
const row = (one: object) => {
  const [arrival] = arrivals({ item: one });
  return arrival && rowOf(arrival, { instance, options });
};
const seen = (one: object) => {
  const found = row(one);
  return found && plainOf(found.text);
};
const action = (actionType: string, more: object = {}) => ({ item: { uiType: 'ActionMsg', actionType, ...more } });
const agentSays = (value: string, agentName = 'Beth Anglin') => ({
  item: { uiType: 'OutputText', value, agentInfo: { sentFromAgent: true, agentName } },
});
const standing = (...bodies: object[]) => chatState(standingAfter(asked, arrivals(...bodies), options));

test.each<[string, object, string]>([
  ['words', { uiType: 'OutputText', value: 'Please stand by' }, 'Please stand by'],
  ['words in the label', { uiType: 'OutputText', label: 'Here is your file' }, 'Here is your file'],
  ['a question', { uiType: 'InputText', label: 'Which city?', required: true }, 'Which city?'],
  [
    'a picker',
    {
      uiType: 'Picker',
      promptMsg: 'About?',
      options: [
        { label: 'VPN', value: 'v' },
        { label: 'Mail', description: 'Outlook' },
      ],
    },
    'About?\n1. VPN\n2. Mail: Outlook',
  ],
  ['a yes or no', { uiType: 'Boolean', label: 'Is it urgent?' }, 'Is it urgent?\n1. Yes\n2. No'],
  ['a date', { uiType: 'DateTime', label: 'Since when?' }, 'Since when?'],
  [
    'a link',
    {
      uiType: 'OutputLink',
      header: 'Read',
      label: 'our article',
      value: { action: 'link', target: 'https://inst.example/kb?id=1' },
    },
    'Read\nour article (https://inst.example/kb?id=1)',
  ],
  [
    'an image elsewhere',
    { uiType: 'OutputImage', value: 'https://cdn.example/a.png', altText: 'map' },
    'map (https://cdn.example/a.png)',
  ],
  ['HTML', { uiType: 'OutputHtml', value: '<p>Try <b>this</b><script>x</script></p>' }, 'Try this'],
  [
    'a card',
    {
      uiType: 'OutputCard',
      templateName: 'Card',
      data: JSON.stringify({ title: 'INC0010', subtitle: 'Open', fields: [{ fieldLabel: 'Priority', fieldValue: 2 }] }),
    },
    'INC0010\nOpen\nPriority: 2',
  ],
  ['a card that is no JSON', { uiType: 'OutputCard', data: 'just words' }, 'just words'],
  [
    'grouped parts',
    { uiType: 'GroupedPartsOutputControl', header: 'Results', values: [{ label: 'First', description: 'the best' }] },
    'Results\nFirst\nthe best',
  ],
  [
    'parts with more',
    { uiType: 'MultiPartOutput', content: 'Part one', navigationBtnLabel: 'Go on' },
    'Part one\n1. Go on',
  ],
  ['a table', { uiType: 'OutputTable', header: 'Your items' }, 'Your items'],
  ['an unknown kind with words', { uiType: 'HologramOutput', label: 'look' }, 'look'],
  ['an unknown kind', { uiType: 'HologramOutput', beams: 4 }, '[unsupported content]'],
  ['an unknown action with words', { uiType: 'ActionMsg', actionType: 'Fanfare', message: 'Hooray' }, 'Hooray'],
  [
    'a message of the platform',
    { uiType: 'ActionMsg', actionType: 'System', message: 'Are you still there?' },
    'Are you still there?',
  ],
])('%s can be read', (_title, one, text) => {
  expect(seen(one)).toBe(text);
});

test.each([
  ['a spinner', { uiType: 'ActionMsg', actionType: 'StartSpinner', message: 'Routing you' }],
  ['a heading', { uiType: 'ActionMsg', actionType: 'ChatSubHeader' }],
  ['the start of a stream', { uiType: 'StreamStart' }],
])('%s is no row', (_title, one) => {
  expect(row(one)).toBeUndefined();
});

test('who speaks is told apart: an agent, the platform itself, its own assistant', () => {
  expect(row(agentSays('Hi').item)).toMatchObject({ author: 'agent', name: 'Beth Anglin', text: 'Hi' });
  expect(row({ uiType: 'OutputText', value: 'Hi' })).toMatchObject({ author: 'bot', name: 'ServiceNow' });
  const entered = { uiType: 'ActionMsg', actionType: 'System', message: 'Beth Anglin has entered the chat.' };
  expect(row(entered)).toMatchObject({ author: 'system' });
  expect(row({ uiType: 'Picker', label: 'Which?' })).toMatchObject({ author: 'bot', asks: true });
});

test('a file of the agent is a file, in each of the ways in which the platform may send it', () => {
  const path = '/api/now/v1/cs/media/abc123?token=x';
  const file = { id: path, name: 'plan.pdf' };
  const ways = [
    { uiType: 'OutputImage', value: path, altText: 'plan.pdf' },
    { uiType: 'OutputLink', label: 'plan.pdf', value: { action: 'link', target: `${instance}${path}` } },
    { uiType: 'OutputText', label: 'plan.pdf', value: path },
  ];
  for (const way of ways) expect(row(way)).toMatchObject({ files: [file], text: '' });
});

test.each([
  'https://evil.example/api/now/v1/cs/media/a',
  '//evil.example/api/now/v1/cs/media/a',
  'https://inst.example@evil.example/api/now/cs/media/a',
  '/api/now/table/sys_user',
  '/api/now/v1/cs/media/../../table/sys_user',
  '/api/now/v1/cs/media/%2e%2e/x',
  'javascript:alert(1)',
  'file:///api/now/cs/media/a',
  '/api/now/cs/media/a\r\nx: y',
])('%s is no file of the instance', (address) => {
  const file = fileAt(address, 'a', instance);
  // What the address parser has made of it leads nowhere but to a file of the instance.
  if (file) expect(file.id).toMatch(/^\/api\/now\/(v1\/)?cs\/media\/[\w.-]+$/);
  expect(isFilePath(address)).toBe(false);
});

test('how a chat stands', () => {
  expect(standing()).toEqual({ state: 'waiting' });
  const queue = action('SubscribeToSupportQueue');
  const wait = action('StartSpinner', { spinnerType: 'wait_time', waitTime: '8 Minutes' });
  expect(standing(queue, wait)).toEqual({ state: 'waiting', wait: '8 Minutes' });
  const taken = action('SwitchToLiveAgent');
  const entered = action('System', { message: 'Beth Anglin has entered the chat.' });
  expect(standing(queue, wait, action('EndSpinner'), taken, entered)).toEqual({
    state: 'in_progress',
    agent: 'Beth Anglin',
  });
  expect(standing(agentSays('Hi'))).toEqual({ state: 'in_progress', agent: 'Beth Anglin' });
  expect(standing(taken, entered, queue, wait)).toEqual({ state: 'waiting', wait: '8 Minutes' });
  const next = action('System', { message: 'Luke Wilson has entered the chat.' });
  expect(standing(taken, entered, queue, taken, next)).toEqual({ state: 'in_progress', agent: 'Luke Wilson' });
});

test.each<[string, object]>([
  ['goes back to the assistant of ServiceNow', action('SwitchToVirtualAgent')],
  ['is completed', { completed: true }],
  ['is given up', { takeControl: true }],
  [
    'is answered by the assistant of ServiceNow again',
    { item: { uiType: 'OutputText', value: 'I did not understand that' } },
  ],
])('a chat that %s is over, and stays so', (_title, end) => {
  const taken = action('SwitchToLiveAgent');
  expect(standing(taken, end)).toMatchObject({ state: 'ended' });
  expect(standing(taken, end, action('SubscribeToSupportQueue'), agentSays('late words'))).toMatchObject({
    state: 'ended',
  });
});

test('what is said while an agent is there ends nothing, whoever says it', () => {
  const taken = action('SwitchToLiveAgent');
  const said = { item: { uiType: 'OutputText', value: 'Are you there?' }, withAgent: true };
  expect(standing(taken, said)).toMatchObject({ state: 'in_progress' });
});

test('an answer by number, by name or by value is the value that ServiceNow wants; anything else is what was written', () => {
  const picker = item.parse({ uiType: 'Picker', options: [{ label: 'VPN', value: 'topic_vpn' }, { label: 'Mail' }] });
  expect(answerTo(picker, ' vpn ')).toEqual({ text: 'topic_vpn', typed: false });
  expect(answerTo(picker, '2')).toEqual({ text: 'Mail', typed: false });
  expect(answerTo(picker, 'something else')).toEqual({ text: 'something else', typed: true });
  expect(answerTo(picker, '9')).toEqual({ text: '9', typed: true });
  expect(answerTo(undefined, '1')).toEqual({ text: '1', typed: true });
});

test('whatever a callback holds, it is read without a fault, and what an agent wrote is not lost', () => {
  const anything = fc.record({
    uiType: fc.constantFrom('OutputText', 'Picker', 'OutputCard', 'OutputHtml', 'OutputLink', 'X'),
    value: fc.jsonValue(),
    label: fc.jsonValue(),
    options: fc.jsonValue(),
    data: fc.jsonValue(),
    links: fc.jsonValue(),
    values: fc.jsonValue(),
  });
  fc.assert(
    fc.property(anything, (one) => expect(() => row(one)).not.toThrow()),
    { numRuns: 500 },
  );
  const word = fc.stringMatching(/^[a-zA-Z]{3,12}( [a-zA-Z]{3,12}){0,5}$/);
  fc.assert(fc.property(word, (text) => expect(plainOf(row(agentSays(text).item)?.text ?? '')).toBe(text)));
});
