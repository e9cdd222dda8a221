import { fromBase64Url } from "../../src/shared/base64url.ts";
import { open, seal } from "../../src/vault/seal.ts";
import { testKeyring } from "./test-keyring.ts";

export const PLACE = ["owner-1", "jira", "7"];
export const keyring = testKeyring("k1");

/** An access token in its place. */
export const sealed = (text = "a token") => seal(keyring, "access", PLACE, text);
export const opened = (box: string) => open(keyring, "access", PLACE, box);
export const bytesOf = (box: string) => fromBase64Url(box) ?? new Uint8Array();
