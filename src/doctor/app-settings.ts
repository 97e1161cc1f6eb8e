/** What the Teams app package would be made from, or what is wrong with it. */
export type AppSettings =
  | {
      readonly ok: true;
      readonly settings: {
        readonly MicrosoftAppId: string;
        readonly TEAMS_APP_ID: string;
        readonly TEAMS_APP_VERSION: string;
        readonly PUBLIC_DOMAIN: string | undefined;
      };
      /** Variables for which a placeholder stands in. */
      readonly placeholders: readonly string[];
    }
  | { readonly ok: false; readonly problems: readonly string[] };
