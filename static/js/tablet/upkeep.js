/**
 * Keeps the app itself on this tablet (worker.js) and brings a new release in: it is fetched beside
 * the one that runs and begins only when nobody is using the tablet. Scans wait in the database, which
 * belongs to no release, so an upgrade loses none.
 */
const EVERY = 5 * 60_000; // ms between two looks for a new release

/** The release this page came with. */
export const release =
  document.querySelector('meta[name="release"]')?.getAttribute("content") ?? "";

export class Upkeep {
  #root;
  #looked = Date.now();
  #isForeign = false;
  /** @type {ServiceWorkerRegistration | undefined} */
  #registration;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#root = root;
  }

  /** Nobody would notice if the page began anew. */
  get isIdle() {
    const { at = "waiting" } = this.#root.dataset;
    const isBusy = this.#root.querySelector(".input:focus, dialog[open]");
    return (at === "waiting" || at === "revoked") && !isBusy;
  }

  async start() {
    navigator.serviceWorker?.addEventListener("message", ({ data }) => this.#hear(data));
    await this.#register();
    this.rest();
  }

  /** Called now and then while there is a network; often until the app is kept here at all. */
  async look() {
    const isKept = navigator.serviceWorker?.controller;
    if (isKept && Date.now() - this.#looked < EVERY) return;
    this.#looked = Date.now();
    await this.#register();
  }

  /** Called when the tablet may be idle: the new release, if one is there, begins. */
  rest() {
    if (!this.isIdle) return;
    if (this.#isForeign) location.reload();
    else this.#registration?.waiting?.postMessage("take over");
  }

  /** Looks whether the server has another release; the first time, for the first one. */
  async #register() {
    if (this.#registration?.active) return this.#registration.update().catch(() => undefined);
    const options = { scope: "/kiosk/", updateViaCache: /** @type {const} */ ("none") };
    const register = navigator.serviceWorker?.register("/kiosk/sw.js", options);
    const registration = await register?.catch(() => undefined);
    if (!registration || registration === this.#registration) return;
    this.#registration = registration;
    registration.addEventListener("updatefound", () => this.#watch());
    this.#watch();
  }

  #watch() {
    const coming = this.#registration?.installing;
    coming?.addEventListener("statechange", () => coming.state === "installed" && this.rest());
  }

  /** A worker has begun: a page of another release must not go on with its files. @param {any} data */
  #hear(data) {
    if (!data?.release || data.release === release) return;
    this.#isForeign = true;
    this.rest();
  }
}
