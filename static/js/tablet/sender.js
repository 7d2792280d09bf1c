/**
 * Sends what is in the queue, oldest first, as long as there is anything; rests longer after each
 * failure. A scan leaves the queue only when the server has answered it.
 */
import * as queue from "./queue.js";

const BATCH = 100;
const RESTS = [1, 2, 4, 8, 15, 30]; // seconds

/**
 * @typedef {{ answered: (result: any, item: queue.Item) => void, revoked: () => void,
 *   reached: (trouble: import("../lib/api.js").Trouble | "") => void }} Told
 */
export class Sender {
  #api;
  #told;
  #limit = BATCH;
  #failures = 0;
  #timer = 0;
  #isRunning = false;
  #isWoken = false;

  /** @param {import("../lib/api.js").Api} api @param {Told} told */
  constructor(api, told) {
    this.#api = api;
    this.#told = told;
  }

  /** There is something new, or the network is back: try now. */
  async wake() {
    this.#isWoken = true;
    if (this.#isRunning) return;
    this.#isRunning = true;
    window.clearTimeout(this.#timer);
    try {
      while (this.#isWoken) {
        this.#isWoken = false;
        while (await this.#sendSome()) this.#failures = 0;
      }
    } finally {
      this.#isRunning = false;
    }
  }

  stop() {
    window.clearTimeout(this.#timer);
  }

  /** True when it should go on at once. */
  async #sendSome() {
    const items = alike(await queue.head(this.#limit));
    if (!items.length) return false;
    const way = wayOf(items[0]);
    const answer = await this.#api.post(way, { [way]: items.map((item) => item.scan) });
    const trouble = troubleWith(answer);
    this.#told.reached(trouble);
    if (answer.kind === "ok" && !trouble) return this.#settle(items, answer.body.results);
    if (answer.kind === "refused") return this.#isolate(items, answer.status);
    if (answer.kind === "revoked") this.#told.revoked();
    else this.#rest();
    return false;
  }

  /** @param {queue.Item[]} items @param {any[]} results */
  async #settle(items, results) {
    const by = new Map(results.map((result) => [result.id, result]));
    const answered = items.filter((item) => by.has(item.scan.id));
    const count = await queue.settleItems(answered, by, this.#told.answered);
    if (count) this.#limit = BATCH;
    else this.#rest(); // an answer to something else: never spin on it
    return count > 0;
  }

  /** The whole batch was refused: find the one at fault by sending fewer. @param {queue.Item[]} items @param {number} status */
  async #isolate(items, status) {
    this.#limit = Math.max(1, Math.floor(items.length / 2));
    if (items.length > 1) return true;
    const result = { id: items[0].scan.id, outcome: "rejected", reason: "malformed", status };
    return this.#settle(items, [{ ...result, attendees: [] }]);
  }

  #rest() {
    const seconds = RESTS[Math.min(this.#failures, RESTS.length - 1)];
    this.#failures += 1;
    this.#timer = window.setTimeout(() => this.wake(), seconds * 1000 * (0.75 + Math.random() / 2));
  }
}

/** @param {import("../lib/api.js").Answer} answer */
function troubleWith(answer) {
  if (answer.kind === "offline") return answer.why ?? "away";
  return answer.kind !== "ok" || Array.isArray(answer.body?.results) ? "" : "stranger";
}

/** @param {queue.Item} item @returns {queue.Way} */
const wayOf = (item) => item.way ?? "scans";

/** Those at the head that go the same way: what was done first arrives first. @param {queue.Item[]} items */
function alike(items) {
  const end = items.findIndex((item) => wayOf(item) !== wayOf(items[0]));
  return end < 0 ? items : items.slice(0, end);
}
