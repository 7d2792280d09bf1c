/**
 * The device's way to the server. Whatever happens on the wire is a value: `ok`, `offline` (dead,
 * slow, busy or broken: try again), `revoked` (this tablet is not known any more) or `refused`.
 *
 * @typedef {{ kind: "ok", body: any } | { kind: "offline" } | { kind: "revoked" }
 *   | { kind: "refused", status: number }} Answer
 */
const PATIENCE = 8000;

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
      return { kind: "offline" };
    } finally {
      window.clearTimeout(timer);
    }
  }
}

/** @param {Response} response @returns {Promise<Answer>} */
async function read(response) {
  if (response.status === 401) return { kind: "revoked" };
  if (response.status === 429 || response.status >= 500) return { kind: "offline" };
  if (!response.ok) return { kind: "refused", status: response.status };
  return { kind: "ok", body: await response.json() };
}
