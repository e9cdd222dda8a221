/** What a module exports, with the packages as Node itself loads them. */
export async function loadInNode<Exports>(code: string): Promise<Exports> {
  // A module without a file has no folder to look for packages in.
  const resolved = code.replaceAll(
    /(?<=^import .* from )"([^"]*)"/gm,
    (_, name: string) => `"${import.meta.resolve(name)}"`,
  );
  return import(`data:text/javascript,${encodeURIComponent(resolved)}`);
}
