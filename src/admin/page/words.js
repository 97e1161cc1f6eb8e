// What the page calls things.

export const reasons = {
  user: 'by the employee',
  agent: 'by the agent',
  operator: 'from this page',
  error: 'after an error of ServiceNow',
  nobody_came: 'nobody came',
  nobody_wrote: 'nobody wrote',
  uninstalled: 'the app was removed',
  employee_unreachable: 'the employee cannot be reached',
};
export const work = {
  ask: 'ask the assistant',
  open: 'open a chat',
  post: 'employee’s words to the agent',
  attach: 'employee’s file to the agent',
  fetch: 'fetch a file',
  hand_over: 'agent’s file to the employee',
  show: 'message to the employee',
  refresh: 'update of a card',
  leave: 'leave a chat',
  reap: 'leave a chat, later',
  rate: 'rating to ServiceNow',
  identify: 'look the employee up',
  tell_assistant: 'news for the assistant',
  discard: 'remove a file',
};
export const refusals = {
  not_live: 'This chat is over by now.',
  redriven_before: 'It was done again before.',
  not_given_up: 'It is not given up any more.',
  nothing_kept: 'An older version gave it up and kept no words.',
  employee_unreachable: 'Nothing can be sent to the employee.',
  chat_over: 'The chat is over; the employee was told that the words did not arrive.',
  not_the_assistants_turn: 'A live agent has the floor.',
  of_the_moment: 'It was of use at that moment only.',
  asked_anew: 'The employee was told, and may have asked again.',
  under_way: 'The same is being done already.',
};

export const names = { store: 'Database', servicenow: 'ServiceNow', rasa: 'Rasa', teams: 'Teams' };
