/** What the demo assistant listens for. The first intent with a word in the message is it: a wish for a person wins. */
export const demoIntents: Record<string, string[]> = {
  talk_to_live_agent: [
    ...['talk to live agent', 'agent', 'human', 'real person', 'person', 'someone', 'colleague'],
    ...['mitarbeiter', 'mitarbeiterin', 'mensch', 'menschen', 'kollege', 'kollegen', 'kollegin', 'berater'],
  ],
  problem_solved: [
    'that fixed it',
    'fixed',
    'solved',
    'works now',
    'it works',
    'geht wieder',
    'gelöst',
    'hat geholfen',
  ],
  vpn_problem: ['vpn'],
  password_reset: ['password', 'locked out', 'passwort', 'kennwort', 'ausgesperrt'],
  equipment: ['laptop', 'phone', 'equipment', 'hardware', 'notebook', 'handy', 'bestellen', 'geräte'],
  order_device: [],
  thanks: ['thanks', 'thank you', 'danke'],
  greet: [
    ...['hello', 'hi', 'hey', 'good morning', 'good afternoon', 'help', 'what can you do'],
    ...['hallo', 'guten morgen', 'guten tag', 'moin', 'servus', 'grüezi', 'hilfe'],
  ],
};

/** Words that give a language away. A message without any leaves the language as it was. */
export const demoEntities: Record<string, Record<string, string[]>> = {
  language: {
    de: [
      ...[
        'hallo',
        'guten',
        'moin',
        'servus',
        'grüezi',
        'hilfe',
        'danke',
        'ich',
        'mein',
        'meine',
        'bitte',
        'und',
        'ist',
      ],
      ...['nicht', 'passwort', 'kennwort', 'ausgesperrt', 'bricht', 'verbindung', 'geht', 'gelöst', 'hat', 'brauche'],
      ...['mitarbeiter', 'mitarbeiterin', 'mensch', 'menschen', 'kollege', 'kollegen', 'kollegin', 'berater', 'handy'],
      ...['bestellen', 'geräte', 'sprechen', 'einem', 'einen'],
    ],
    en: [
      ...['hello', 'hey', 'good', 'help', 'thanks', 'thank', 'i', 'my', 'the', 'please', 'is', 'not', 'a', 'password'],
      ...['locked', 'drops', 'works', 'fixed', 'solved', 'talk', 'human', 'person', 'someone', 'colleague', 'order'],
    ],
  },
};
