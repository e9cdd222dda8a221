const NAMES = ["Emulator", "Website", "Mobile", "Invoices", "Support"];

/** The projects of a site; issues are in the first. */
export function projectsOf(apiUrl: string) {
  return NAMES.map((name, index) => {
    const id = String(10_000 + index);
    const kind = { projectTypeKey: "software", style: "classic", simplified: false };
    const key = name.slice(0, 3).toUpperCase();
    return { self: `${apiUrl}/project/${id}`, id, key, name, isPrivate: false, ...kind };
  });
}
