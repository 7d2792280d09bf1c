/**
 * The heartbeat: every so often, and whenever the network comes back, the server hears how this
 * tablet is and says how the event is, what time it is, and which scans it never got.
 *
 * @typedef {{ venue: import("./venue.js").Venue, status: import("./status.js").Status,
 *   sender: import("./sender.js").Sender, speech: import("./speech.js").Speech,
 *   upkeep: import("./upkeep.js").Upkeep }} Parts
 */
import { sendAgain } from "./missed.js";

const EVERY = 20_000; // ms

export class Pulse {
  #parts;
  #told;
  /** @type {Set<number>} */
  #missed = new Set();

  /** @param {Parts} parts @param {(event: "beat" | "revoked") => void} told */
  constructor(parts, told) {
    this.#parts = parts;
    this.#told = told;
  }

  start() {
    window.addEventListener("online", () => this.#beat());
    window.addEventListener("offline", () => void this.#parts.status.reached("away"));
    window.setInterval(() => this.#beat(), EVERY);
    this.#beat();
  }

  async #beat() {
    const { venue, status, sender, speech, upkeep } = this.#parts;
    const answer = await venue.beat();
    await status.reached(answer.kind === "offline" ? (answer.why ?? "away") : "");
    if (answer.kind === "revoked") return this.#told("revoked");
    if (answer.kind === "ok") {
      await this.#recover(answer.body.missing_seqs ?? []);
      void Promise.all([sender.wake(), speech.refresh(), upkeep.look()]);
    }
    this.#told("beat");
    upkeep.rest();
  }

  /**
   * What the server lacks is sent again. What is not here either is said only when the next
   * heartbeat misses it, too: until then it may have been on its way.
   * @param {number[]} missing
   */
  async #recover(missing) {
    const gone = await sendAgain(missing);
    this.#parts.status.lost = gone.filter((seq) => this.#missed.has(seq));
    this.#missed = new Set(gone);
  }
}
