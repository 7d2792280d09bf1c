/**
 * A scan or an act is kept on disk first, then sent. A person who waits too long for the answer is
 * told that it is kept, which is true by then.
 */
import { PATIENCE } from "./patience.js";
import { enqueue, markKept } from "./queue.js";

/** @typedef {import("./machine.js").Step} Step */

export class Keeper {
  #wake;
  #told;
  /** @type {Map<string, number>} */
  #waiting = new Map();

  /** @param {() => Promise<void>} wake starts sending @param {(step: Step) => void} told */
  constructor(wake, told) {
    this.#wake = wake;
    this.#told = told;
  }

  /** Called with every answer to a scan or an act. @param {any} result */
  answered(result) {
    window.clearTimeout(this.#waiting.get(result.id));
    this.#waiting.delete(result.id);
    this.#told({ type: "answered", result });
  }

  /** @param {import("./queue.js").Way} way @param {Omit<import("./queue.js").Scan, "seq">} entry */
  async keep(way, entry) {
    const { id } = entry;
    try {
      const { seq } = await enqueue(entry, way);
      const late = window.setTimeout(() => this.#tooLate(id, seq, entry), PATIENCE);
      this.#waiting.set(id, late);
      await this.#wake();
    } catch {
      this.answered({ id, outcome: "rejected", reason: "malformed", attendees: [] });
    }
  }

  /** @param {string} id @param {number} seq @param {{ scanned_at?: string, at?: string }} entry */
  async #tooLate(id, seq, { scanned_at, at }) {
    this.#told({ type: "kept", id, at: scanned_at ?? at });
    await markKept(seq);
  }
}
