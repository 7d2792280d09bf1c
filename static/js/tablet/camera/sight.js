/**
 * What to make of the codes in a frame. A badge is read when it comes into view, and again only
 * after it has left; two that come together are read together. The caller learns at a door that
 * there are several, and none of them is read before it is alone. A code that hangs around is
 * furniture and disturbs nobody.
 */
import { canonical, sameness } from "../code.js";

// milliseconds
const GONE = 1200; // a badge that is turned or blurred for a moment is still there
const AGAIN = 5000; // brought back sooner, it is the same showing
const CROWDED = 2000; // how long one may wait for the other to leave before both are told
const FURNITURE = 12_000;
const FURNITURE_KEPT = 60_000;
const LONGEST = 2048; // characters of a code that the server takes

/** @typedef {{ text: string, from: number, last: number, isRead: boolean, readAt: number }} Sighting */

export class Sight {
  /** @type {Map<string, Sighting>} */
  #seen = new Map();
  #isCrowd = false;

  /**
   * The texts that are readings now: none, one, or all that are there at once.
   * @param {string[]} texts everything in this frame
   * @param {number} now
   * @param {boolean} isSwap
   * @returns {string[]}
   */
  read(texts, now, isSwap) {
    for (const text of texts) if (text.trim()) this.#note(bounded(text), now);
    this.#clear(now);
    const present = this.#people(now);
    const fresh = present.filter((one) => one.last === now && isFresh(one, now));
    if (present.length < 2) this.#isCrowd = false;
    else if (!isSwap) return this.#crowd(fresh, present, now);
    for (const one of fresh) Object.assign(one, { isRead: true, readAt: now });
    return fresh.map((one) => one.text);
  }

  /** What is in view is new again: the visitor wants something else of it. */
  forget() {
    for (const [code, one] of this.#seen) if (!isFurniture(one)) this.#seen.delete(code);
  }

  /** Several at a door: said once. @param {Sighting[]} fresh @param {Sighting[]} present @param {number} now */
  #crowd(fresh, present, now) {
    const isAtOnce = fresh.length > 1 || fresh.some((one) => now - one.from > CROWDED);
    if (this.#isCrowd || !isAtOnce) return [];
    this.#isCrowd = true;
    return present.map((one) => one.text);
  }

  /** The badges in view, or where there are none the other codes (tickets). @param {number} now */
  #people(now) {
    const here = [...this.#seen.values()].filter(
      (one) => now - one.last <= GONE && !isFurniture(one),
    );
    const badges = here.filter((one) => canonical(one.text));
    return badges.length ? badges : here;
  }

  /** @param {string} text @param {number} now */
  #note(text, now) {
    const code = sameness(text);
    const old = this.#seen.get(code) ?? { text, from: now, isRead: false, readAt: -Infinity };
    const isBack = "last" in old && now - old.last > GONE && !isFurniture(old);
    this.#seen.set(code, { ...old, last: now, ...(isBack && { from: now, isRead: false }) });
  }

  /** @param {number} now */
  #clear(now) {
    for (const [code, one] of this.#seen) {
      const patience = isFurniture(one) && !canonical(one.text) ? FURNITURE_KEPT : GONE;
      if (now - one.last > patience && now - one.readAt > AGAIN) this.#seen.delete(code);
    }
  }
}

/** @param {Sighting} one @param {number} now */
const isFresh = (one, now) => !one.isRead && now - one.readAt >= AGAIN;

/** @param {Sighting} one */
const isFurniture = (one) => one.last - one.from >= FURNITURE;

/** As much as the server takes; half of a surrogate pair would spoil the message. @param {string} text */
export function bounded(text) {
  return text
    .trim()
    .slice(0, LONGEST)
    .replace(/[\ud800-\udbff]$/, "");
}
