import type { AssistantItem } from '../../src/conversation/content';
import { takeTrigger } from '../../src/rasa/trigger';

const names = { markers: ['handoff_to_human'], hosts: ['helpdesk'], queues: ['it_support', 'HR'] };

function custom(payload: Record<string, unknown>) {
  return takeTrigger([{ custom: payload }], names);
}

describe('T1: a payload', () => {
  test.each([
    [{ handoff: {} }],
    [{ handoff: true }],
    [{ action: 'handoff' }],
    [{ action: ' Handover ' }],
    [{ type: 'live_agent' }],
    [{ type: 'human_handoff', action: 'anything' }],
    [{ handoff_to_human: true }],
  ])('%j means a hand-off, and is not shown', (payload) => {
    const taken = custom(payload);
    expect(taken.items).toEqual([]);
    expect(taken.trigger?.form).toBe('payload');
  });

  test.each([
    [{}],
    [{ handoff: false }],
    [{ handoff: null }],
    [{ handoff: 'yes' }],
    [{ handoff: [] }],
    [{ action: 'restart' }],
    [{ type: 'AdaptiveCard', body: [] }],
    [{ handoff_to_human: 'true' }],
    [{ data: { handoff: true } }],
  ])('%j means none, and stays among the messages', (payload) => {
    expect(custom(payload)).toEqual({ items: [{ custom: payload }] });
  });

  test('says why, to whom, and what it is called', () => {
    const handoff = { queue: 'it_support', reason: 'vpn', summary: ' VPN fails ', title: 'IT', priority: 2 };
    expect(custom({ handoff }).trigger?.request).toEqual({
      queue: 'it_support',
      reason: 'vpn',
      summary: 'VPN fails',
      title: 'IT',
      fields: { priority: 2 },
    });
  });

  test('may say so beside the word that means the hand-off', () => {
    expect(custom({ action: 'handoff', to: 'hr', short_description: 'Payslip', fields: { form: 7 } }).trigger).toEqual({
      form: 'payload',
      request: { queue: 'HR', summary: 'Payslip', fields: { form: 7 } },
    });
    expect(custom({ title: 'Desk', handoff: { reason: 'inside' }, reason: 'beside' }).trigger?.request).toEqual({
      title: 'Desk',
      reason: 'inside',
    });
  });

  test('a queue that nobody configured is the default one, and is kept for exports', () => {
    expect(custom({ handoff: { queue: 'nowhere' } }).trigger?.request).toEqual({ fields: { queue: 'nowhere' } });
    expect(custom({ handoff: { queue: 'live_agent' } }).trigger?.request).toEqual({});
  });
});

describe('T2: the name of a host', () => {
  test.each([
    ['servicenow', {}],
    ['live_agent', {}],
    ['ServiceNow', {}],
    ['helpdesk', {}],
    ['it_support', { queue: 'it_support' }],
    ['hr', { queue: 'HR' }],
  ])('%s is a live agent', (handoff_host, request) => {
    expect(custom({ handoff_host })).toEqual({ items: [], trigger: { form: 'host', request } });
  });

  test.each(['https://evil.example/bot', 'http://localhost:5005', 'unknown', '', 5, null, { host: 'servicenow' }])(
    '%j is none',
    (handoff_host) => {
      expect(custom({ handoff_host })).toEqual({ items: [{ custom: { handoff_host } }] });
    },
  );

  test('an address is none, even if it was configured as a name', () => {
    const hosts = ['https://bot.example'];
    expect(takeTrigger([{ custom: { handoff_host: hosts[0] } }], { ...names, hosts }).trigger).toBeUndefined();
  });

  test('the title is what the target is called', () => {
    expect(custom({ handoff_host: 'servicenow', title: 'Service desk' }).trigger?.request).toEqual({
      title: 'Service desk',
    });
  });
});

describe('T3: a marker', () => {
  test.each(['handoff_to_human', ' Handoff_To_Human\n'])('%j is a hand-off, and is not shown', (text) => {
    expect(takeTrigger([{ text }], names)).toEqual({ items: [], trigger: { form: 'marker', request: {} } });
  });

  test('a text that only contains it is a text', () => {
    const items = [{ text: 'Say handoff_to_human' }];
    expect(takeTrigger(items, names)).toEqual({ items });
  });

  test('other markers can be named', () => {
    expect(takeTrigger([{ text: 'AGENT!' }], { ...names, markers: ['agent!'] }).trigger?.form).toBe('marker');
    expect(takeTrigger([{ text: 'handoff_to_human' }], { ...names, markers: [] }).trigger).toBeUndefined();
  });
});

describe('one answer', () => {
  const before: AssistantItem = { text: 'I am looking for somebody.' };
  const after: AssistantItem = { text: 'They will be here soon.', buttons: [{ title: 'ok', payload: '/ok' }] };

  test('is shown in order without its trigger, wherever that stands', () => {
    const taken = takeTrigger([before, { custom: { handoff: true } }, after], names);
    expect(taken.items).toEqual([before, after]);
  });

  test('means one hand-off at the most, and the most explicit form tells of it', () => {
    const taken = takeTrigger(
      [
        { text: 'handoff_to_human' },
        { custom: { handoff_host: 'hr' } },
        before,
        { custom: { handoff: { reason: 'first' } } },
        { custom: { handoff: { reason: 'second' } } },
      ],
      names,
    );
    expect(taken).toEqual({ items: [before], trigger: { form: 'payload', request: { reason: 'first' } } });
  });

  test('does not lose the words beside a payload', () => {
    const taken = takeTrigger([{ ...after, custom: { handoff: true } }], names);
    expect(taken).toEqual({ items: [after], trigger: { form: 'payload', request: {} } });
  });

  test('without a trigger is shown as it is', () => {
    const items = [before, { custom: { chart: [1, 2] } }, after];
    expect(takeTrigger(items, names)).toEqual({ items });
  });
});
