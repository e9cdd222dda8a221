import { deterministicUuid } from "./deterministic-uuid.ts";

const REPOSITORIES = 23;

/** The repositories of a workspace: more than two pages of them. */
export function repositoriesOf(workspace: string) {
  return Array.from({ length: REPOSITORIES }, (_, index) => {
    const slug = index === 0 ? "website" : `repository-${index + 1}`;
    const fullName = `${workspace}/${slug}`;
    const names = { name: slug, slug, full_name: fullName };
    const uuid = `{${deterministicUuid(`repository ${fullName}`)}}`;
    return { type: "repository", ...names, uuid, is_private: true, mainbranch: { name: "main" } };
  });
}
