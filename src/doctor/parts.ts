import type { Config } from '../config/config';
import type { DeskOptions } from '../servicenow/options';
import { inspectStore, type StoreFacts } from '../store/inspect';
import { type Answer, type Caller, makeCaller } from '../upstream/call';
import { either, onlyTo, publicWeb } from '../upstream/reach';
import type { AppSettings } from './app-settings';
import { makeBotToken } from './bot-token';
import { type Instance, makeInstance } from './instance';
import { once } from './once';
import { ownAddress } from './own-address';
import { makeRasaServer, type RasaServer } from './rasa-server';

/** What the doctor is told. */
export interface DoctorSettings {
  readonly config: Config;
  readonly options: DeskOptions;
  readonly app: AppSettings;
  /** Where the profile was left to the instance. */
  readonly choice?: { readonly name: string; readonly because: string };
  /** The file of the app package that was, or would be, uploaded to Teams. */
  readonly appPackage: string;
  /** Address of the messaging endpoint, as Azure has it. */
  readonly endpoint?: string;
  /** Folder of the Rasa bot's project. */
  readonly rasaProject?: string;
}

/** What the checks look with. */
export interface DoctorParts extends DoctorSettings {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Fetches the bot's token, once; absent in development without a registration. */
  readonly botToken?: () => Promise<string>;
  /** Where Bot Framework announces its signing keys. */
  readonly signingMetadata: () => Promise<Answer>;
  /** Calls that carry no secret: to Microsoft's public addresses, and to the connector itself. */
  readonly call: Caller;
  readonly instance: Instance;
  readonly rasa: RasaServer;
  readonly store: () => Promise<StoreFacts>;
  close(): void;
}

const governmentIssuer = 'https://api.botframework.us';
const lookMs = 10_000;

export function makeParts(settings: DoctorSettings, now: () => number): DoctorParts {
  const { config, options } = settings;
  const { teams } = config;
  const named = onlyTo(teams.metadataUrl, settings.endpoint, ownAddress(config.server));
  const callers = {
    login: makeCaller('teams', { reach: onlyTo(teams.loginUrl) }),
    plain: makeCaller('teams', { reach: either(named, publicWeb) }),
  };
  const rasa = makeCaller('rasa', { reach: onlyTo(config.rasa.url) });
  const serviceNow = makeCaller('servicenow', { reach: onlyTo(config.serviceNow.url) });
  const { appId, credential, loginUrl, issuer, metadataUrl } = config.teams;
  const scope = issuer === governmentIssuer ? { scope: governmentIssuer } : {};
  return {
    ...settings,
    now,
    ...(appId && credential
      ? { botToken: once(makeBotToken({ appId, loginUrl, ...scope, ...credential }, callers.login)) }
      : {}),
    signingMetadata: once(() => callers.plain({ method: 'GET', url: metadataUrl, timeoutMs: lookMs })),
    call: callers.plain,
    instance: makeInstance(config.serviceNow, options, serviceNow),
    rasa: makeRasaServer(config.rasa, rasa),
    store: once(() => inspectStore(config.database)),
    close: () => {
      for (const caller of [callers.login, callers.plain, rasa, serviceNow]) caller.close();
    },
  };
}
