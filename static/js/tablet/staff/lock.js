/**
 * What only staff may do: a press on anything with `data-guarded` asks for the PIN first, then goes
 * through for two minutes. The tablet checks the PIN itself, against a slow hash, so it works without
 * a network; a browser without `crypto.subtle` (no https) has to ask the server. Wrong tries wait
 * longer each time, also across a restart.
 *
 * @typedef {{ salt: string, rounds: number, digest: string }} Pin
 */
import { shelf } from "../device.js";
import { digestOf } from "./digest.js";

const OPEN_FOR = 120_000; // ms
const WAITS = [0, 0, 2, 5, 15, 30, 60, 120]; // seconds, after the n-th wrong try

export class Lock {
  /** @type {Pin | null} */
  #pin = null;
  #openUntil = 0;
  #digits = "";
  #misses = { count: 0, until: 0 };
  #api;

  /** @param {import("../../lib/api.js").Api} api */
  constructor(api) {
    this.#api = api;
  }

  async load() {
    this.#pin = (await shelf.get("self", "pin")) ?? null;
    this.#misses = (await shelf.get("self", "pin_misses")) ?? this.#misses;
  }

  get isOpen() {
    return !this.#pin || performance.now() < this.#openUntil;
  }

  /** Seconds until the next try is heard; never longer than the longest wait. */
  get wait() {
    const left = Math.ceil((this.#misses.until - Date.now()) / 1000);
    return Math.min(Math.max(0, left), WAITS[WAITS.length - 1]);
  }

  /** What was typed to open it, while it is open: the server wants to see it, too. */
  get digits() {
    return this.isOpen ? this.#digits : "";
  }

  /** A new PIN closes what the old one opened. @param {Pin | null} pin */
  async hear(pin) {
    if (pin?.digest === this.#pin?.digest) return;
    this.#pin = pin;
    this.#openUntil = 0;
    await this.#keep("pin", pin);
  }

  /** @param {string} digits @returns {Promise<"right" | "wrong" | "away">} */
  async try(digits) {
    const is = await this.#isRight(digits);
    if (is === null) return "away";
    const count = is ? 0 : this.#misses.count + 1;
    const seconds = WAITS[Math.min(count, WAITS.length - 1)];
    this.#misses = { count, until: Date.now() + seconds * 1000 };
    if (is) [this.#openUntil, this.#digits] = [performance.now() + OPEN_FOR, digits];
    await this.#keep("pin_misses", this.#misses);
    return is ? "right" : "wrong";
  }

  /** @param {string} digits @returns {Promise<boolean | null>} null: nobody could say */
  async #isRight(digits) {
    if (!this.#pin) return true;
    const digest = await digestOf(digits, this.#pin);
    if (digest) return digest === this.#pin.digest;
    const answer = await this.#api.post("pin", { pin: digits });
    return answer.kind === "ok" ? Boolean(answer.body.is_right) : null;
  }

  /** @param {string} key @param {unknown} value */
  #keep(key, value) {
    return shelf.change(["self"], (on) => void on("self").put(value, key));
  }
}
