import { defaultClients } from "../../test/emulator/clients.ts";
import { emulatorUrls } from "../../test/emulator/emulator-urls.ts";

export interface ProviderChoice {
  readonly provider: "bitbucket" | "jira";
  readonly product: string;
  /** Neither credential is set. With one of two the Worker says what is missing. */
  readonly emulated: boolean;
  /** What stands in for the developer's own variables. */
  readonly vars: Readonly<Record<string, string>>;
}

const PROVIDERS = [
  { provider: "bitbucket", product: "Bitbucket", prefix: "BITBUCKET" },
  { provider: "jira", product: "Jira", prefix: "ATLASSIAN" },
] as const;

/** Per provider, the real service or the emulator. */
export function chooseProviders(
  values: Readonly<Record<string, string | undefined>>,
  emulatorOrigin: string,
): readonly ProviderChoice[] {
  const urls = emulatorUrls(emulatorOrigin);
  return PROVIDERS.map(({ provider, product, prefix }) => {
    const emulated = !values[`${prefix}_CLIENT_ID`] && !values[`${prefix}_CLIENT_SECRET`];
    const { id, secret } = defaultClients[provider];
    const vars = {
      [`${prefix}_CLIENT_ID`]: id,
      [`${prefix}_CLIENT_SECRET`]: secret,
      [`${prefix}_AUTH_URL`]: urls[`${prefix}_AUTH_URL`],
      [`${prefix}_API_URL`]: urls[`${prefix}_API_URL`],
    };
    return { provider, product, emulated, vars: emulated ? vars : {} };
  });
}
