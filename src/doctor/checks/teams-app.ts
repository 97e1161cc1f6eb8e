import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Check } from '../check';
import { broken, type Finding, good, risk, unseen } from '../finding';
import { readAs } from '../json';
import type { DoctorParts } from '../parts';
import { entryOf } from '../zip-entry';

const manifestShape = z.looseObject({
  version: z.string().optional(),
  bots: z.array(z.looseObject({ botId: z.string(), scopes: z.array(z.string()).optional() })).default([]),
  validDomains: z.array(z.string()).default([]),
});
type Manifest = z.infer<typeof manifestShape>;

const build =
  'Run npm run manifest with this configuration, and upload the package in the Teams admin centre (Teams apps › Manage apps), with a higher TEAMS_APP_VERSION when the app is installed already.';

/** Whether the Teams app package is the one of this bot. */
export const teamsApp: Check = {
  id: 'teams.app',
  area: 'Microsoft Teams',
  async look(parts) {
    if (!parts.config.teams.appId) return []; // the registration's check speaks of it
    if (!parts.app.ok) return parts.app.problems.map(wrongSetting);
    return [...placeholders(parts.app.placeholders), ...inPackage(parts, parts.app.settings)];
  },
};

function wrongSetting(problem: string): Finding {
  return broken({
    what: `The app package cannot be made: ${problem}.`,
    why: 'Without the app in Teams nobody finds the bot.',
    who: 'who runs the connector',
    step: `Correct ${problem.split(':')[0]}, then: ${build}`,
  });
}

function placeholders(names: readonly string[]): Finding[] {
  if (names.length === 0) return [];
  return [
    risk({
      what: `The app package is made with a placeholder for ${names.join(' and ')}.`,
      why: 'Employees see a made-up developer or website in Teams; administrators may refuse the app.',
      who: 'who runs the connector',
      step: `Set ${names.join(' and ')}. ${build}`,
    }),
  ];
}

function inPackage(
  { appPackage, config }: DoctorParts,
  settings: { readonly PUBLIC_DOMAIN: string | undefined },
): Finding[] {
  if (!existsSync(appPackage)) return [notBuilt(appPackage)];
  const entry = entryOf(readFileSync(appPackage), 'manifest.json');
  const manifest = entry && readAs(entry.toString('utf8').replace(/^\uFEFF/, ''), manifestShape);
  if (!manifest) return [unreadable(appPackage)];
  const { appId = '' } = config.teams;
  const troubles = [
    ...wrongBot(manifest, appId),
    ...wrongScope(manifest),
    ...wrongDomain(manifest, settings.PUBLIC_DOMAIN),
  ];
  return troubles.length > 0 ? troubles : [good(`The app package ${manifest.version ?? ''} is for this bot.`)];
}

function notBuilt(file: string): Finding {
  return unseen({
    what: `There is no app package at ${file}, so that what Teams has cannot be compared.`,
    why: 'An app with another bot id leads employees to another bot, or to none.',
    who: 'Teams administrator',
    step: `${build} Where it was uploaded from another machine, give the file: --app-package <file>.`,
  });
}

function unreadable(file: string): Finding {
  const what = `${file} is not an app package: it holds no readable manifest.json.`;
  return broken({ what, why: 'Teams does not take it.', who: 'who runs the connector', step: build });
}

function wrongBot({ bots }: Manifest, appId: string): Finding[] {
  const isOurs = bots.some(({ botId }) => botId.toLowerCase() === appId.toLowerCase());
  if (isOurs) return [];
  return [
    broken({
      what: `The app package is for the bot ${bots[0]?.botId ?? '(none)'}, and MicrosoftAppId is ${appId}.`,
      why: 'What employees write goes to another bot; this connector hears nothing.',
      who: 'Teams administrator',
      step: build,
    }),
  ];
}

function wrongScope({ bots }: Manifest): Finding[] {
  if (bots.length === 0 || bots.some(({ scopes }) => scopes === undefined || scopes.includes('personal'))) return [];
  return [
    broken({
      what: 'The bot of the app package has no personal scope.',
      why: 'Nobody can chat with it alone, and it hands over in personal chats only.',
      who: 'Teams administrator',
      step: build,
    }),
  ];
}

function wrongDomain({ validDomains }: Manifest, domain: string | undefined): Finding[] {
  if (domain === undefined || validDomains.includes(domain)) return [];
  return [
    risk({
      what: `The app package does not name PUBLIC_DOMAIN (${domain}) among its valid domains.`,
      why: 'Teams does not open links and files of that host inside the app.',
      who: 'Teams administrator',
      step: build,
    }),
  ];
}
