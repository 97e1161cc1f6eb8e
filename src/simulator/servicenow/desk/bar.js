import { byId, element, keyed, setText } from './dom.js';

const linkWords = { connecting: 'Connecting', live: 'Live', lost: 'No connection, trying again' };

/** The bar on top: whether the page is live, and which agent I am. */
export function mountBar(store) {
  const agents = byId('agent');
  agents.addEventListener('change', () => store.set({ me: agents.value }));
  store.subscribe(({ desk, me, link }) => {
    byId('link').dataset.link = link;
    setText(byId('link'), linkWords[link]);
    keyed(agents, desk.agents, {
      key: (agent) => agent.userName,
      create: (agent) => element('option', { value: agent.userName }),
      update: (option, agent) => setText(option, agent.available ? agent.name : `${agent.name} (away)`),
    });
    agents.disabled = desk.agents.length === 0;
    if (me !== null && agents.value !== me) agents.value = me;
  });
}
