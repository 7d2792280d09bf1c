/**
 * The device's way to the server. Whatever happens on the wire is a value: `ok`, `offline` (try again
 * later, and why), `revoked` (this tablet is not known any more) or `refused`. Only what is in our own
 * server's words counts as its answer: a hotel's sign-in page must not settle or revoke anything.
 *
 * @typedef {"away" | "slow" | "busy" | "broken" | "stranger"} Trouble
 * @typedef {{ kind: "ok", body: any } | { kind: "offline", why?: Trouble } | { kind: "revoked" }
 *   | { kind: "refused", status: number }} Answer
 */
const PATIENCE = 8000;
const TOO_LARGE = 413; // also in the words of a proxy: fewer at a time may pass

export class Api {
  #token;

  /** @param {string} [token] */
  constructor(token) {
    this.#token = token;
  }

  /** @param {string} path @returns {Promise<Answer>} */
  get(path) {
    return this.#call(path, {});
  }

  /** @param {string} path @param {unknown} message @returns {Promise<Answer>} */
  post(path, message) {
    const headers = { "Content-Type": "application/json" };
    return this.#call(path, { method: "POST", headers, body: JSON.stringify(message) });
  }

  /** @param {string} path @param {RequestInit} request @returns {Promise<Answer>} */
  async #call(path, request) {
    const headers = new Headers(request.headers);
    if (this.#token) headers.set("Authorization", `Bearer ${this.#token}`);
    const stop = new AbortController();
    const timer = window.setTimeout(() => stop.abort(), PATIENCE);
    try {
      const options = {
        ...request,
        headers,
        signal: stop.signal,
        cache: "no-store",
        credentials: "omit",
      };
      return await read(await fetch(`/api/v1/${path}`, /** @type {RequestInit} */ (options)));
    } catch {
      return { kind: "offline", why: stop.signal.aborted ? "slow" : "away" };
    } finally {
      window.clearTimeout(timer);
    }
  }
}

/** @param {Response} response @returns {Promise<Answer>} */
async function read(response) {
  const { status, ok } = response;
  const body = parsed(await response.text());
  if (ok && body !== undefined) return { kind: "ok", body };
  if (status >= 500) return { kind: "offline", why: "broken" };
  if (status === 429) return { kind: "offline", why: "busy" };
  if (status === TOO_LARGE) return { kind: "refused", status };
  if (!body?.error?.code) return { kind: "offline", why: "stranger" };
  return status === 401 ? { kind: "revoked" } : { kind: "refused", status };
}

/** @param {string} text @returns {any} */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
