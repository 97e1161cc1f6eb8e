import { byId, element } from './dom.js';
import { firstName } from './format.js';
import { placeUnder } from './popover.js';

const replies = [
  { title: 'Greeting', text: (name) => `Hello ${name}, I have read what you wrote. I am looking into it now.` },
  { title: 'One moment', text: () => 'One moment, please. I am checking this for you.' },
  { title: 'Ask for a screenshot', text: () => 'Could you send me a screenshot of the message you see?' },
  { title: 'Ask for a restart', text: () => 'Please restart the computer once and tell me whether it still happens.' },
  { title: 'Still there?', text: (name) => `Are you still there, ${name}? I am happy to go on when you are.` },
  { title: 'Solved?', text: () => 'Is everything working again? Is there anything else I can do for you?' },
];

/** The menu of ready-made sentences. Choosing one puts it where the cursor is; nothing is sent yet. */
export function mountCannedReplies(actions, composer) {
  const menu = byId('canned-menu');
  menu.addEventListener('beforetoggle', (event) => {
    if (event.newState === 'open') placeUnder(menu, byId('canned'));
  });
  const choose = (reply) => {
    menu.hidePopover();
    composer.insert(reply.text(firstName(actions.current()?.requester ?? '')));
  };
  menu.append(...replies.map((reply) => choice(reply, choose)));
  menu.addEventListener('keydown', (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const all = [...menu.children];
    const at = all.indexOf(document.activeElement);
    all[(at + by + all.length) % all.length].focus();
  });
  menu.addEventListener('toggle', (event) => event.newState === 'open' && menu.firstElementChild.focus());
}

function choice(reply, onChoose) {
  const button = element('button', { type: 'button', className: 'choice' }, [
    element('strong', { text: reply.title }),
    element('span', { text: reply.text('…') }),
  ]);
  button.addEventListener('click', () => onChoose(reply));
  return button;
}
