import { findTurn, readTracker, type TrackerEvent, triggerInEvents } from '../../src/rasa/tracker';

const at = 1_800_000_000_000;
const actions = ['action_live_agent'];

function user(text: string, seconds: number, activity_id?: string): TrackerEvent {
  return event('user', { text, timestamp: at / 1000 + seconds, metadata: activity_id ? { activity_id } : {} });
}

function event(name: string, more: Partial<TrackerEvent> = {}): TrackerEvent {
  return { event: name, value: undefined, data: undefined, metadata: undefined, ...more };
}

function slot(value: unknown, name = 'handoff_active'): TrackerEvent {
  return event('slot', { name, value });
}

function action(name: string): TrackerEvent {
  return event('action', { name });
}

describe('T4, T5, T6: what a turn changed', () => {
  const listen = action('action_listen');
  test.each<[string, TrackerEvent[], string | undefined]>([
    ['nothing', [event('bot'), listen], undefined],
    ['the slot turned true (S4)', [slot(true), listen], 'slot'],
    ['the slot turned true and false again', [slot(true), slot(false), listen], undefined],
    ['the slot was cleared', [slot(null), listen], undefined],
    ['another slot turned true', [slot(true, 'other'), listen], undefined],
    ['the slot became a text', [slot('true'), listen], undefined],
    ['the bot paused', [event('pause'), listen], 'pause'],
    ['the bot paused and resumed', [event('pause'), event('resume'), listen], undefined],
    ['the bot paused and restarted', [event('pause'), event('restart'), listen], undefined],
    ['a named action ran', [action('action_live_agent'), listen], 'action'],
    ['another action ran', [action('action_other'), listen], undefined],
    ['all three', [action('action_live_agent'), event('pause'), slot(true)], 'slot'],
    ['the slot is carried over into a new session', [event('session_started'), slot(true), listen], undefined],
    ['a new session, then the slot', [event('session_started'), listen, slot(true)], 'slot'],
    ['the slots were reset', [slot(true), event('reset_slots')], undefined],
  ])('%s', (_what, events, form) => {
    expect(triggerInEvents(events, actions)).toBe(form);
  });
});

describe('a turn in the records', () => {
  const sought = { activityId: 'a-2', words: 'yes', sentAt: at };

  test('is known by its activity, whatever the clocks say, and ends where the next begins', () => {
    const events = [
      user('yes', -9_000, 'a-1'),
      slot(true),
      user('yes', -8_000, 'a-2'),
      action('x'),
      user('no', 0, 'a-3'),
    ];
    expect(findTurn(events, sought)).toEqual({ found: 'here', after: [events[3]] });
  });

  test('is proved absent where activities are kept and its own is not among them', () => {
    expect(findTurn([user('yes', 1, 'a-1')], sought)).toEqual({ found: 'absent' });
  });

  test('is known by its words and the time where activities are not kept', () => {
    const events = [user('yes', -900), slot(true), user('yes', 0.5), action('x')];
    expect(findTurn(events, { ...sought, words: ' yes ' })).toEqual({ found: 'here', after: [events[3]] });
  });

  test('is absent when the same words are only there from long before, or not at all', () => {
    expect(findTurn([user('yes', -301)], sought)).toEqual({ found: 'absent' });
    expect(findTurn([user('no', 1)], sought)).toEqual({ found: 'absent' });
    expect(findTurn([event('user', { text: 'yes' })], sought)).toEqual({ found: 'absent' });
    expect(findTurn([], sought)).toEqual({ found: 'absent' });
  });

  test('may be there when the same words are from just before, as clocks differ', () => {
    expect(findTurn([user('yes', -120)], sought)).toEqual({ found: 'maybe', after: [] });
  });

  test('only a user event is a turn', () => {
    expect(findTurn([event('bot', { text: 'yes', timestamp: at / 1000 + 1 })], sought)).toEqual({ found: 'absent' });
    const events = [event('bot', { metadata: { activity_id: 'a-2' } })];
    expect(findTurn(events, sought)).toEqual({ found: 'absent' });
  });
});

test('records are read with what they have', () => {
  const read = (value: unknown) => readTracker({ status: 200, headers: {}, text: JSON.stringify(value) });
  expect(read({})).toEqual({ slots: {}, paused: false });
  expect(read({ slots: [], paused: 'no', events: null })).toEqual({ slots: {}, paused: false });
  const events = [{ event: 'user', text: 'hi', extra: 1 }, { no: 'event' }, null, { event: 'slot', name: 5 }];
  expect(read({ slots: { a: 1 }, paused: true, events }).events?.map((one) => one.event)).toEqual(['user', 'slot']);
});
