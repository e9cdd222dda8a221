const REPLAYABLE_BYTES = 1024 * 1024;

/** A request's body; `isReplayable` when it was kept, and so can be sent once more. */
export interface RequestBody {
  readonly content: ArrayBuffer | ReadableStream | null;
  readonly isReplayable: boolean;
}

const NO_BODY: RequestBody = { content: null, isReplayable: true };

/**
 * Keeps a body of at most 1 MiB. A longer one stays the stream that it is, and with it its length;
 * of one that does not tell its length, as much is read as is needed to know.
 */
export async function readRequestBody({ method, headers, body }: Request): Promise<RequestBody> {
  // What a GET carries means nothing (RFC 9110 section 9.3.1), and `fetch` takes none.
  if (body === null || ["GET", "HEAD"].includes(method)) return NO_BODY;
  const length = Number(headers.get("Content-Length"));
  if (length > REPLAYABLE_BYTES) return { content: body, isReplayable: false };
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  for (let bytes = 0; bytes <= REPLAYABLE_BYTES;) {
    const { done, value } = await reader.read();
    if (done) return { content: await new Blob(chunks).arrayBuffer(), isReplayable: true };
    chunks.push(value);
    bytes += value.byteLength;
  }
  return { content: rejoin(chunks, reader), isReplayable: false };
}

function rejoin(
  read: readonly Uint8Array[],
  reader: ReadableStreamDefaultReader<Uint8Array>,
): ReadableStream {
  const chunks = read.values();
  return new ReadableStream({
    async pull(controller) {
      const chunk = chunks.next().value ?? (await reader.read()).value;
      if (chunk === undefined) controller.close();
      else controller.enqueue(chunk);
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
