import { byId, element, setText } from './dom.js';
import { placeUnder } from './popover.js';

const path = '^/(api|oauth_token)';

const behaviours = [
  { id: 'normal', title: 'Normal', now: 'normal', told: 'It answers as it should.' },
  {
    id: 'desk-429',
    title: 'Too many requests',
    now: 'says 429',
    told: 'Every call is answered 429 with a time to wait.',
    effect: { status: { preset: 'rate429' } },
  },
  {
    id: 'desk-slow',
    title: 'Slow',
    now: 'is slow',
    told: 'Every answer takes four seconds.',
    effect: { delay: { ms: 4000 } },
  },
  {
    id: 'desk-503',
    title: 'Out of service',
    now: 'says 503',
    told: 'Every call is answered 503 Service Unavailable.',
    effect: { status: { preset: 'down503' } },
  },
  {
    id: 'desk-hibernating',
    title: 'Hibernating',
    now: 'hibernates',
    told: 'Every call gets a web page that says the instance sleeps, with code 200.',
    effect: { html: { code: 200, kind: 'hibernating' } },
  },
];

/** The control that makes the simulated instance misbehave, and the line that says that it does. */
export function mountMisbehave(store, actions) {
  const menu = byId('misbehave-menu');
  const active = () => faultsOfThisDesk(store.get()).map((fault) => fault.id);
  const choose = ({ id, effect }) => actions.misbehave(effect && { id, match: { path }, do: effect }, active());

  menu.addEventListener('beforetoggle', (event) => {
    if (event.newState === 'open') placeUnder(menu, byId('misbehave'));
  });
  byId('weather-clear').addEventListener('click', () => {
    choose(behaviours[0]);
    byId('misbehave').focus();
  });
  byId('misbehave-choices').append(...behaviours.map((each) => choice(each, choose)));
  store.subscribe((state) => show(currentBehaviour(state)));
}

function choice(behaviour, onChoose) {
  const input = element('input', { type: 'radio', name: 'behaviour', value: behaviour.id });
  input.addEventListener('change', () => onChoose(behaviour));
  return element('label', { className: 'choice' }, [
    input,
    element('strong', { text: behaviour.title }),
    element('span', { text: behaviour.told }),
  ]);
}

function show(behaviour) {
  const normal = behaviour.id === 'normal';
  byId('misbehave').classList.toggle('on', !normal);
  setText(byId('misbehave-now'), behaviour.now);
  byId('weather').hidden = normal;
  setText(byId('weather-text'), normal ? '' : `ServiceNow misbehaves on purpose. ${behaviour.told}`);
  for (const input of byId('misbehave-choices').querySelectorAll('input')) input.checked = input.value === behaviour.id;
}

function currentBehaviour(state) {
  const ids = faultsOfThisDesk(state).map((fault) => fault.id);
  return behaviours.find((each) => ids.includes(each.id)) ?? behaviours[0];
}

function faultsOfThisDesk(state) {
  return state.desk.faults.filter((fault) => behaviours.some((each) => each.id === fault.id));
}
