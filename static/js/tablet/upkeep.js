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
    const workers = navigator.serviceWorker;
    workers?.addEventListener("message", ({ data }) => this.#hear(data));
    const options = { scope: "/kiosk/", updateViaCache: /** @type {const} */ ("none") };
    this.#registration = await workers?.register("/kiosk/sw.js", options).catch(() => undefined);
    this.#registration?.addEventListener("updatefound", () => this.#watch());
    this.rest();
  }

  /** Called now and then while there is a network. */
  async look() {
    if (Date.now() - this.#looked < EVERY) return;
    this.#looked = Date.now();
    await this.#registration?.update().catch(() => undefined);
  }

  /** Called when the tablet may be idle: the new release, if one is there, begins. */
  rest() {
    if (!this.isIdle) return;
    if (this.#isForeign) location.reload();
    else this.#registration?.waiting?.postMessage("take over");
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
