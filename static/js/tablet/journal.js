/**
 * What this tablet let happen and the roster does not tell yet: scans that still wait here, and those
 * the server has acknowledged since the roster was last heard. So a badge that is shown twice while
 * the network is away is in already the second time.
 *
 * @typedef {{ id: string, place: number, list: string, kind: string, at: string }} Done
 */
import { waiting } from "./queue.js";

const LET_PASS = new Set(["welcomed", "welcomed_back", "goodbye"]);

export class Journal {
  /** @type {(Done & { ticks: number })[]} */
  #acknowledged = [];

  /** The server has taken this scan, so a roster that was asked for from now on tells of it. @param {any} scan @param {any} result @param {import("./queue.js").Shown | undefined} shown */
  note(scan, result, shown) {
    if (result.outcome === "annulled") return this.#drop(scan.annuls);
    if (!LET_PASS.has(result.outcome) || shown?.place === undefined) return;
    const { id, kind, scanned_at: at } = scan;
    const { place, list = "" } = shown;
    this.#acknowledged.push({ id, kind, at, place, list, ticks: performance.now() });
  }

  /** The roster has been read to its end, as it stood at these ticks or later. @param {number} ticks */
  heard(ticks) {
    this.#acknowledged = this.#acknowledged.filter((done) => done.ticks > ticks);
  }

  forget() {
    this.#acknowledged = [];
  }

  /** This person's entries and exits in order, on one list or all. @param {number} place @param {string} [list] @returns {Promise<Done[]>} */
  async of(place, list) {
    return (await this.#all())
      .filter((done) => done.place === place && (list === undefined || done.list === list))
      .sort((a, b) => a.at.localeCompare(b.at) || a.id.localeCompare(b.id));
  }

  /** Whether this scan waits here and was told as done, so that an undo will find it. @param {string} id */
  async holds(id) {
    const items = await waiting();
    return items.some(({ scan, shown }) => scan.id === id && !!shown && shown.outcome !== "turned_away");
  }

  /** @returns {Promise<Done[]>} */
  async #all() {
    const items = await waiting();
    const undone = new Set(items.map(({ scan }) => scan.annuls));
    const done = items.flatMap(({ scan, shown }) => {
      if (!shown || !LET_PASS.has(shown.outcome) || shown.place === undefined) return [];
      const { id, kind, scanned_at: at = "" } = scan;
      return [{ id, kind, at, place: shown.place, list: shown.list ?? "" }];
    });
    return [...this.#acknowledged, ...done].filter(({ id }) => !undone.has(id));
  }

  /** @param {string} id */
  #drop(id) {
    this.#acknowledged = this.#acknowledged.filter((done) => done.id !== id);
  }
}
