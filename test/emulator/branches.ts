import { createHash } from "node:crypto";

const FEATURES = 11;

/** The branches of a repository; all but one have a slash in their name. */
export function branchesOf(fullName: string) {
  const features = Array.from({ length: FEATURES }, (_, index) => `feature/${index + 1}`);
  return ["main", ...features].map((name) => {
    const hash = createHash("sha1").update(`${fullName} ${name}`).digest("hex");
    return { type: "branch", name, target: { type: "commit", hash } };
  });
}
