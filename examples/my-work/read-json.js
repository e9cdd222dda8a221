/** A provider's answer that is not what was asked for. */
export class ProviderError extends Error {
  /** @param {Response} response */
  constructor({ status, headers }) {
    super(`status ${status}`);
    this.status = status;
    /** In how many seconds it is worth another try. */
    this.retryAfter = Number.parseInt(headers.get("Retry-After") ?? "", 10) || undefined;
  }
}

/** @param {Response} response of a provider */
export async function readJson(response) {
  if (!response.ok) throw new ProviderError(response);
  return response.json();
}
