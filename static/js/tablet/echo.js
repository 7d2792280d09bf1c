/**
 * One badge, delivered twice: a scanner stammers, or scanner and camera see it at once. All inputs
 * ask here, so that whoever was first has made the reading.
 */
import { sameness } from "./code.js";

const KEPT = 10_000; // ms, longer than any input's patience

export class Echo {
  /** @type {Map<string, number>} */
  #read = new Map();

  /** Notes the delivery; true when the same badge was read less than `patience` ms before. @param {string} text @param {number} now @param {number} patience */
  repeats(text, now, patience) {
    const code = sameness(text);
    for (const [old, at] of this.#read) if (now - at > KEPT) this.#read.delete(old);
    const isRepeated = now - (this.#read.get(code) ?? -Infinity) < patience;
    this.#read.set(code, now);
    return isRepeated;
  }

  /** Somebody pressed something: what comes next is meant. */
  forget() {
    this.#read.clear();
  }
}
