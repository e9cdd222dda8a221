import { bitbucket } from "./bitbucket.ts";
import { jira } from "./jira.ts";
import type { Provider, ProviderId } from "./provider.ts";

export const PROVIDERS: Readonly<Record<ProviderId, Provider>> = { bitbucket, jira };
