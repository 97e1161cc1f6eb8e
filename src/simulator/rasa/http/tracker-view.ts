import { latestChannel } from '../bot/conversation';
import type { RasaVersion } from '../settings';
import { appliedEvents, eventsAfterRestart } from '../tracker';
import type { Draft } from '../trackers';
import { ApiError } from './errors';

/** Which events a view of a tracker shows. */
export type Verbosity = 'NONE' | 'APPLIED' | 'AFTER_RESTART' | 'ALL';

const verbosities: readonly string[] = ['NONE', 'APPLIED', 'AFTER_RESTART', 'ALL'];

/** Reads `include_events`, in any case. */
export function verbosityFrom(query: URLSearchParams): Verbosity {
  const asked = (query.get('include_events') ?? 'AFTER_RESTART').toUpperCase();
  if (!verbosities.includes(asked)) throw new ApiError('BadRequest', `Invalid parameter value for 'include_events'.`);
  return asked as Verbosity;
}

/** A tracker as the API shows it. */
export function trackerView(draft: Draft, verbosity: Verbosity, version: RasaVersion): Record<string, unknown> {
  const { state, events } = draft;
  return {
    sender_id: draft.id,
    slots: state.slots,
    latest_message: state.latestMessage,
    latest_event_time: events.at(-1)?.timestamp ?? null,
    followup_action: state.followup,
    paused: state.paused,
    events: shown(draft, verbosity),
    latest_input_channel: latestChannel(draft) ?? null,
    active_loop: state.activeLoop,
    latest_action: state.latestAction === null ? {} : { action_name: state.latestAction },
    latest_action_name: state.latestAction,
    ...(version === 'pro-3.16' && sessionOf(draft)),
  };
}

function shown({ events }: Draft, verbosity: Verbosity): readonly unknown[] | null {
  switch (verbosity) {
    case 'NONE':
      return null;
    case 'ALL':
      return events;
    case 'APPLIED':
      return appliedEvents(events);
    case 'AFTER_RESTART':
      return eventsAfterRestart(events);
  }
}

function sessionOf(draft: Draft): Record<string, unknown> {
  const started = draft.events.filter(({ event }) => event === 'session_started').length;
  return { current_session_id: `${draft.id}-${started}`, user_id: draft.id };
}

/** The conversation as a story in YAML. */
export function storyOf(draft: Draft): string {
  const steps = eventsAfterRestart(draft.events).flatMap((event) => {
    if (event.event === 'user') return [`  - intent: ${intentIn(event.parse_data)}`, ...quoted(event.text)];
    const isStep = event.event === 'action' && event.name !== 'action_listen';
    return isStep ? [`  - action: ${event.name}`] : [];
  });
  return ['version: "3.1"', 'stories:', `- story: ${draft.id}`, '  steps:', ...steps, ''].join('\n');
}

function quoted(text: unknown): readonly string[] {
  return [
    '    user: |-',
    ...String(text)
      .split('\n')
      .map((line) => `      ${line}`),
  ];
}

function intentIn(parsed: unknown): string {
  return (parsed as { intent?: { name?: string } } | undefined)?.intent?.name ?? 'null';
}
