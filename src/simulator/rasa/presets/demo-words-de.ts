import type { DemoWords } from './demo-words';

/** The demo assistant in German. */
export const demoWordsDe: DemoWords = {
  greeting: 'Hallo! Ich bin der IT-Assistent. Was kann ich für Sie tun?',
  thanks: 'Gern geschehen!',
  restart: 'Gut, fangen wir von vorn an. Wie kann ich helfen?',
  solved: 'Prima, schön, dass es wieder funktioniert. Einen guten Tag noch!',
  welcomeBack: 'Willkommen zurück! Ich hoffe, mein Kollege konnte helfen.',
  stillThere: 'Wenn noch etwas ist: Ich bin da.',
  fallback:
    'Das habe ich nicht sicher verstanden. Bei diesen Themen kann ich helfen, oder ich hole einen Kollegen dazu.',
  vpn: [
    'Das tut mir leid. Meistens helfen diese zwei Schritte:',
    '1. Trennen Sie das VPN, warten Sie zehn Sekunden und verbinden Sie es neu.\n2. Bricht es wieder ab, wechseln Sie vom WLAN zum Kabel oder gehen Sie näher an den Zugangspunkt.',
  ],
  password: [
    'Sie können selbst ein neues Passwort setzen: https://password.example.com/reset',
    'Sie brauchen dazu Ihr bei uns hinterlegtes Telefon. Der Link gilt 15 Minuten.',
  ],
  ordered: 'Danke, Ihre Bestellung ist notiert. Ihre Führungskraft wird um Freigabe gebeten.',
  catalogue: 'Das können Sie zurzeit bestellen:',
  devices: [
    { title: 'Laptop 14', subtitle: 'Leicht, für unterwegs' },
    { title: 'Laptop 16', subtitle: 'Großer Bildschirm, mehr Speicher' },
    { title: 'Smartphone', subtitle: 'Mit den Apps der Firma' },
  ],
  order: 'Bestellen',
  connecting: 'Ich verbinde Sie mit einem Kollegen.',
  fixed: 'Das hat geholfen',
  agent: 'Mit einem Mitarbeiter sprechen',
  choices: { vpn: 'Mein VPN bricht ab', password: 'Passwort zurücksetzen', equipment: 'Gerät bestellen' },
  problems: {
    vpn: 'VPN-Verbindung bricht ab',
    password: 'Passwort lässt sich nicht zurücksetzen',
    equipment: 'Frage zu neuen Geräten',
    other: 'Mitarbeiter möchte mit dem Service Desk sprechen',
  },
};
