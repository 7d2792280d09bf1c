/**
 * A scan or an act is kept on disk first, then sent. While the server answers, it says what becomes of
 * a scan; when it is known to be away, or does not answer soon, this tablet judges by itself, at once.
 * What it cannot judge the person is told is kept, which is true by then. What was told stands (stands.js).
 */
import { PATIENCE, SOON } from "./patience.js";
import { decide, enqueue, markKept } from "./queue.js";
import { decision } from "./stands.js";

/**
 * @typedef {import("./machine.js").Step} Step
 * @typedef {import("./queue.js").Way} Way
 * @typedef {Omit<import("./queue.js").Scan, "seq">} Entry
 */

export class Keeper {
  #wake;
  #told;
  #alone;
  /** Who waits for an answer, and what they are told without one. @type {Map<string, { timer: number, tell: () => unknown }>} */
  #waiting = new Map();

  /** @param {() => Promise<void>} wake starts sending @param {(step: Step) => void} told @param {import("./alone.js").Alone} alone */
  constructor(wake, told, alone) {
    this.#wake = wake;
    this.#told = told;
    this.#alone = alone;
  }

  /** Called with every answer to a scan or an act; who was told by the tablet is not told again. @param {any} result @param {import("./queue.js").Item} [item] */
  answered(result, item) {
    this.#waitsNoMore(result.id);
    if (!item?.shown) this.#told({ type: "answered", result });
    if (item && item.way !== "acts") void this.#alone.journal.note(item, result);
  }

  /** The server cannot be asked now: nobody is kept waiting for it. */
  away() {
    for (const { tell } of [...this.#waiting.values()]) void tell();
  }

  /** @param {Way} way @param {Entry} entry */
  async keep(way, entry) {
    const { id } = entry;
    try {
      const isOurs = way === "scans" && this.#alone.isAway;
      const verdict = isOurs ? await this.#alone.judge.of(entry) : null;
      const said = verdict ? { ...entry, ...decision(verdict.shown.outcome) } : entry;
      const { seq } = await enqueue(said, way, verdict?.shown);
      if (verdict) this.#told({ type: "answered", result: verdict.result });
      else this.#wait(way, seq, entry);
      await this.#wake();
    } catch {
      this.answered({ id, outcome: "rejected", reason: "malformed", attendees: [] });
    }
  }

  /** @param {Way} way @param {number} seq @param {Entry} entry */
  #wait(way, seq, entry) {
    const tell = () => this.#tooLate(way, seq, entry);
    const timer = window.setTimeout(tell, way === "scans" ? SOON : PATIENCE);
    this.#waiting.set(entry.id, { timer, tell });
  }

  /** @param {string} id */
  #waitsNoMore(id) {
    window.clearTimeout(this.#waiting.get(id)?.timer);
    this.#waiting.delete(id);
  }

  /** @param {Way} way @param {number} seq @param {Entry} entry */
  async #tooLate(way, seq, entry) {
    const { id, scanned_at, at } = entry;
    this.#waitsNoMore(id);
    const verdict = way === "scans" ? await this.#alone.judge.of(entry) : null;
    if (verdict) {
      const { shown, result } = verdict;
      const isStillHere = await decide(seq, shown, decision(shown.outcome));
      if (isStillHere) this.#told({ type: "answered", result });
    } else {
      this.#told({ type: "kept", id, at: scanned_at ?? at });
      await markKept(seq);
    }
  }
}
