/**
 * The worker that decodes, looked after: one frame at a time, and when it crashes, cannot load or
 * hangs, another one after a rest that grows.
 */
const HANGS = 10_000; // ms for one frame
const RESTS = [1, 2, 5, 10, 30]; // seconds
const BROKEN_AFTER = 3; // failures in a row, then somebody is told

export class Reader {
  #told;
  /** @type {Worker | null} */
  #worker = null;
  #isReady = false;
  #failures = 0;
  #timer = 0;

  /** @param {{ codes: (texts: string[]) => void, broken: (is: boolean) => void }} told */
  constructor(told) {
    this.#told = told;
  }

  get isFree() {
    return this.#isReady;
  }

  start() {
    if (this.#worker) return;
    const address = new URL("./decoder.js", import.meta.url);
    this.#worker = new Worker(address, { type: "module", name: "decoder" });
    this.#worker.addEventListener("message", ({ data }) => this.#hear(data));
    this.#worker.addEventListener("error", () => this.#fail());
  }

  /** Takes the frame over. @param {VideoFrame | ImageBitmap} frame */
  look(frame) {
    this.#isReady = false;
    this.#worker?.postMessage({ frame }, [frame]);
    this.#timer = window.setTimeout(() => this.#fail(), HANGS);
  }

  /** @param {{ type: "ready" } | { type: "broken" } | { type: "read", codes: string[] }} said */
  #hear(said) {
    window.clearTimeout(this.#timer);
    if (said.type === "broken") return this.#fail();
    this.#isReady = true;
    if (said.type !== "read") return;
    if (this.#failures >= BROKEN_AFTER) this.#told.broken(false);
    this.#failures = 0;
    this.#told.codes(said.codes);
  }

  #fail() {
    if (!this.#worker) return;
    window.clearTimeout(this.#timer);
    this.#worker.terminate();
    this.#worker = null;
    this.#isReady = false;
    const rest = RESTS[Math.min(this.#failures, RESTS.length - 1)];
    this.#failures += 1;
    if (this.#failures === BROKEN_AFTER) this.#told.broken(true);
    window.setTimeout(() => this.start(), rest * 1000);
  }
}
