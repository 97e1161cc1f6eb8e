/** Words for the agent that the connector itself says in the chat's thread, in English. */
export const agentEn = {
  'agent.employee_unreachable':
    'The employee can no longer be reached in Microsoft Teams. This chat is now being closed from their side.',
  'agent.words_not_shown': 'This message could not be shown to the employee in Microsoft Teams:\n{text}',
  'agent.words_in_doubt':
    'It is not certain that this message was shown to the employee in Microsoft Teams; please ask whether it arrived:\n{text}',
  'agent.corrected': 'Corrected: {text}',
  'agent.words_withdrawn': 'The employee has withdrawn this message: {text}',
  'agent.message_withdrawn': 'The employee has withdrawn a message.',
  'agent.file_not_passed_on': 'The employee sent a file that could not be passed on: {text}',
  'agent.file_by_link': 'The employee sent a file that could not be attached here. It can be opened at: {text}',
  'agent.file_declined': 'The employee has declined this file: {text}',
  'agent.file_not_handed_over': 'This file could not be brought to the employee in Microsoft Teams: {text}',
  'agent.reacted': 'The employee reacted: {text}',
  'agent.said_meanwhile': 'Said with the assistant while waiting (times in UTC):\n{text}',
  'agent.brief.where': 'In Microsoft Teams, {where}',
  'agent.brief.about': 'About: {text}',
  'agent.brief.reason': 'Reason: {text}',
  'agent.brief.follows':
    'Follows the chat {chat} of {time} UTC{hasAgent, select, yes { with {agent}} other {}}: still needs help',
  'agent.brief.first': 'First asked: {text}',
  'agent.brief.last': 'Last asked: {text}',
  'agent.brief.answered': 'The assistant answered last: {text}',
  'agent.brief.ran': 'The assistant ran: {text}',
  'agent.brief.knows': 'The assistant knows: {text}',
  'agent.brief.transcript': 'Said until now (times in UTC):',
  'agent.brief.assistant': 'Assistant',
  'agent.brief.left_out': '({count, plural, one {# earlier line} other {# earlier lines}} left out)',
} as const;
