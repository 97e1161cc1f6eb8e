import type { DemoWords } from './demo-words';

/** The demo assistant in English. */
export const demoWordsEn: DemoWords = {
  greeting: 'Hello! I am the IT assistant. What can I do for you?',
  thanks: 'You are welcome!',
  restart: 'All right, let us start over. How can I help?',
  solved: 'Great, I am glad that it works again. Have a good day!',
  welcomeBack: 'Welcome back! I hope my colleague was able to help.',
  stillThere: 'If there is anything else, I am here.',
  fallback: 'I am not sure I understood that. I can help with one of these, or get a colleague for you.',
  vpn: [
    'Sorry to hear that. These two steps help most of the time:',
    '1. Disconnect the VPN, wait ten seconds and connect again.\n2. If it still drops, change from Wi-Fi to a cable, or sit closer to the access point.',
  ],
  password: [
    'You can set a new password yourself: https://password.example.com/reset',
    'You need the phone you registered with us. The link you get is good for 15 minutes.',
  ],
  ordered: 'Thank you, your order has been noted. Your manager will be asked to approve it.',
  catalogue: 'This is what you can order at the moment:',
  devices: [
    { title: 'Laptop 14', subtitle: 'Light, for people on the move' },
    { title: 'Laptop 16', subtitle: 'A large screen and more memory' },
    { title: 'Smartphone', subtitle: 'With the company apps installed' },
  ],
  order: 'Order',
  connecting: 'I am connecting you with a colleague.',
  fixed: 'That fixed it',
  agent: 'Talk to a live agent',
  choices: { vpn: 'My VPN drops', password: 'Reset my password', equipment: 'Order equipment' },
  problems: {
    vpn: 'VPN connection drops',
    password: 'Password reset does not work',
    equipment: 'Question about new equipment',
    other: 'Employee would like to talk to an agent',
  },
};
