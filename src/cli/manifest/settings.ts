import { z } from 'zod';

/** What the app package says about this installation. The names are those of the environment. */
export interface AppSettings {
  readonly MicrosoftAppId: string;
  readonly TEAMS_APP_ID: string;
  readonly TEAMS_APP_VERSION: string;
  readonly TEAMS_APP_NAME: string;
  readonly TEAMS_APP_DEVELOPER_NAME: string;
  readonly TEAMS_APP_WEBSITE_URL: string;
  readonly TEAMS_APP_PRIVACY_URL: string;
  readonly TEAMS_APP_TERMS_URL: string;
  readonly PUBLIC_DOMAIN: string | undefined;
}

/** The settings with the names that fell back to a placeholder, or everything that is wrong, one line each. */
export type ReadSettings =
  | { readonly ok: true; readonly settings: AppSettings; readonly placeholders: readonly string[] }
  | { readonly ok: false; readonly problems: readonly string[] };

const placeholders = { TEAMS_APP_DEVELOPER_NAME: 'IT Helpdesk', TEAMS_APP_WEBSITE_URL: 'https://example.com/' };

const guid = (wanted: string) =>
  z
    .string({ error: `is missing; it should be ${wanted}` })
    .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, `is not a GUID; it should be ${wanted}`);

const name = (longest: number) =>
  z.string().refine((text) => lengthOf(text) <= longest, {
    error: (issue) =>
      `is too long (${lengthOf(String(issue.input))} characters); it should have at most ${longest} characters`,
  });

const httpsUrl = z
  .string()
  .refine(isHttps, 'is not an https address; it should be a public page such as https://www.example.com/helpdesk')
  .max(2048, 'is too long; it should have at most 2048 characters');

const shape = z.object({
  MicrosoftAppId: guid('the application (client) id of the bot, such as 5f0c2c1e-8f0b-4c59-9d52-0a1b2c3d4e5f'),
  TEAMS_APP_ID: guid('the id of the Teams app, or unset: then it is the MicrosoftAppId').optional(),
  TEAMS_APP_VERSION: z
    .string()
    .regex(/^(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}$/, 'is not a version; it should be three numbers such as 1.4.0')
    .optional(),
  TEAMS_APP_NAME: name(30).default('Helpdesk Chat'),
  TEAMS_APP_DEVELOPER_NAME: name(32).default(placeholders.TEAMS_APP_DEVELOPER_NAME),
  TEAMS_APP_WEBSITE_URL: httpsUrl.default(placeholders.TEAMS_APP_WEBSITE_URL),
  TEAMS_APP_PRIVACY_URL: httpsUrl.optional(),
  TEAMS_APP_TERMS_URL: httpsUrl.optional(),
  PUBLIC_DOMAIN: z
    .string()
    .regex(
      /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/i,
      'is not a host name; it should be the host of the messaging endpoint, such as chat.example.com, without https:// and without a path',
    )
    .optional(),
});

/** The variables that only the app package takes from the environment. */
export const packageVariables = Object.keys(shape.shape).filter((variable) => variable !== 'MicrosoftAppId');

/** Reads what the app package needs from the environment; the version is the product's own unless one is set. */
export function readSettings(env: NodeJS.ProcessEnv, productVersion: string): ReadSettings {
  const given = Object.fromEntries(
    Object.keys(shape.shape).flatMap((key) => {
      const value = env[key]?.trim();
      return value ? [[key, value] as const] : [];
    }),
  );
  const parsed = shape.safeParse(given);
  if (!parsed.success) {
    return { ok: false, problems: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) };
  }
  const missing = Object.keys(placeholders).filter((key) => given[key] === undefined);
  return { ok: true, settings: withFallbacks(parsed.data, productVersion), placeholders: missing };
}

function withFallbacks(read: z.infer<typeof shape>, productVersion: string): AppSettings {
  return {
    ...read,
    PUBLIC_DOMAIN: read.PUBLIC_DOMAIN?.toLowerCase(),
    TEAMS_APP_ID: read.TEAMS_APP_ID ?? read.MicrosoftAppId,
    TEAMS_APP_VERSION: read.TEAMS_APP_VERSION ?? productVersion,
    TEAMS_APP_PRIVACY_URL: read.TEAMS_APP_PRIVACY_URL ?? read.TEAMS_APP_WEBSITE_URL,
    TEAMS_APP_TERMS_URL: read.TEAMS_APP_TERMS_URL ?? read.TEAMS_APP_WEBSITE_URL,
  };
}

function isHttps(text: string): boolean {
  return /^https:\/\/[^\s@]+$/i.test(text) && URL.canParse(text);
}

/** Microsoft's schema counts characters, not UTF-16 units. */
function lengthOf(text: string): number {
  return [...text].length;
}
