const FILE_PART =
  /filename="(?<filename>[^"]*)"\r\n(?:content-type: *(?<type>[^\r]+)\r\n)?\r\n(?<text>[^]*?)\r\n--/gi;

interface UploadedFile {
  readonly filename: string;
  readonly mimeType: string;
  readonly size: number;
}

/** The files of a `multipart/form-data` body; for text alone. */
export function uploadedFiles(body: string): UploadedFile[] {
  return [...body.matchAll(FILE_PART)].map(({ groups = {} }) => ({
    filename: groups["filename"] ?? "",
    mimeType: groups["type"] ?? "application/octet-stream",
    size: Buffer.byteLength(groups["text"] ?? ""),
  }));
}
