import type { Refusal } from '../../control/ledger';
import type { LedgerEntry } from '../../engine/store';

/** Why something is not redriven, for the admin. */
export const refusals: Readonly<Record<Refusal, string>> = {
  employee_unreachable: 'nothing can be sent to the employee before the employee writes again',
  chat_over: 'the chat is over; the employee was told that these words did not reach the agent',
  not_the_assistants_turn: 'a live agent has the floor, or is being called',
  of_the_moment: 'it was of use at that moment only',
  asked_anew: 'the employee was told that no chat came about, and asks again when one is still wanted',
  under_way: 'the same is being done already',
  not_given_up: 'nothing of the kind was given up, or it is forgotten',
  redriven_before: 'it was redriven before',
  nothing_kept: 'an older version of the connector gave it up and kept no words',
};

/** What an effect does, in the words of an admin. */
export const effects: Readonly<Record<LedgerEntry['type'], string>> = {
  ask: 'ask the assistant',
  tell_assistant: 'tell the assistant',
  identify: 'look up the employee',
  open: 'open a chat',
  post: 'post to the chat',
  leave: 'leave the chat',
  reap: 'leave the chat later',
  show: 'show in Teams',
  refresh: 'change the message about the chat',
  fetch: 'fetch a file from Teams',
  attach: 'put a file into the chat',
  hand_over: "put an agent's file among the employee's",
  discard: 'forget a file that was kept',
  rate: 'tell how content the employee was',
};

/** How far an effect is, or how it ended. */
export function stateOf({ type, state, row, detail, attempts }: LedgerEntry): string {
  const because = detail === undefined ? '' : ` (${detail})`;
  switch (state) {
    case 'waiting':
      return attempts > 0 ? 'waits to be tried again' : 'waits';
    case 'in_flight':
      return 'under way';
    case 'in_doubt':
      return 'in doubt, is looked up or tried again';
    case 'withdrawn':
      return 'taken back';
    case 'given_up':
      return `given up${because}`;
    case 'unknown':
      return `outcome unknown${because}`;
    case 'done':
      if (type === 'show') return 'sent';
      if (type === 'post') return row === undefined ? 'posted' : `posted, confirmed as row ${row}`;
      return `done${because}`;
  }
}
