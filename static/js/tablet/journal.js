/**
 * What this tablet let happen and the roster does not tell yet: scans that still wait here, and those
 * the server has acknowledged since the roster was last heard. So a badge that is shown twice while
 * the network is away is in already the second time, also after a restart: what is acknowledged goes
 * from the queue to a shelf of its own in one step (queue.js).
 *
 * @typedef {import("./acknowledged.js").Done} Done
 * @typedef {(done: Done) => Promise<{ place?: number, list: string }>} Finder whose it is, on which list
 */
import { leftOf, letsPass } from "./acknowledged.js";
import { shelf } from "./device.js";
import { waiting } from "./queue.js";

export class Journal {
  #find;
  /** With when it was acknowledged. @type {(Done & { ticks: number })[]} */
  #acknowledged = [];

  /** @param {Finder} find */
  constructor(find) {
    this.#find = find;
  }

  /** What was acknowledged before a restart is older than whatever is asked from now on. */
  async load() {
    const all = (await shelf.all("journal")).map((done) => ({ ...done, ticks: 0 }));
    this.#acknowledged.push(...all);
    await Promise.all(all.map((done) => this.#place(done)));
  }

  /** The server has answered, so a roster that is asked for from now on tells of it. @param {import("./queue.js").Item} item @param {any} answer */
  async note(item, answer) {
    const { done, undone } = leftOf(item, answer);
    if (undone) this.#acknowledged = this.#acknowledged.filter(({ id }) => id !== undone);
    if (!done) return;
    const noted = { ...done, ticks: performance.now() };
    this.#acknowledged.push(noted);
    await this.#place(noted);
  }

  /** The roster has been read to its end, as it stood at these ticks or later. @param {number} ticks */
  async heard(ticks) {
    const told = this.#acknowledged.filter((done) => done.ticks <= ticks);
    this.#acknowledged = this.#acknowledged.filter((done) => done.ticks > ticks);
    if (!told.length) return;
    await shelf.change(["journal"], (on) => {
      for (const { id } of told) on("journal").delete(id);
    });
  }

  async forget() {
    this.#acknowledged = [];
    await shelf.change(["journal"], (on) => void on("journal").clear());
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
    const stands = (/** @type {import("./queue.js").Item} */ { scan, shown }) =>
      scan.kind === "walk_in" || (!!shown && shown.outcome !== "turned_away");
    return items.some((item) => item.scan.id === id && stands(item));
  }

  /** @returns {Promise<Done[]>} */
  async #all() {
    const items = await waiting();
    const undone = new Set(items.map(({ scan }) => scan.annuls));
    const done = items.flatMap(({ scan, shown }) => {
      if (!shown || !letsPass(shown.outcome) || shown.place === undefined) return [];
      const { id, kind, scanned_at: at = "" } = scan;
      return [{ id, kind, at, place: shown.place, list: shown.list ?? "" }];
    });
    return [...this.#acknowledged, ...done].filter(({ id }) => !undone.has(id));
  }

  /** Finds out whose it is, so that their code need not stay here. @param {Done & { ticks: number }} noted */
  async #place(noted) {
    const { ticks: _, code, ...done } = noted;
    if (!code) return;
    const whose = await this.#find(noted);
    if (whose.place === undefined || !this.#acknowledged.includes(noted)) return;
    Object.assign(noted, whose, { code: undefined });
    await shelf.change(["journal"], (on) => void on("journal").put({ ...done, ...whose }));
  }
}
