/**
 * A USB or Bluetooth scanner is a keyboard that types very fast: collect keys, forget them after a
 * gap of 100 ms, take them at Enter. Keys typed into a field belong to the field. The Enter of a
 * reading, and a second one that some scanners add, never reach a button on the screen. The same
 * badge again within a moment is the scanner's echo.
 */
import { sameness } from "./code.js";

const GAP = 100;
const LEAST = 4; // shorter bursts are somebody at a keyboard
const AFTER = 300;
const ECHO = 2500;

export class Wedge {
  #keys = "";
  #last = 0;
  #read = 0;
  #echo = { code: "", at: -ECHO };
  #took;

  /** @param {(text: string) => void} took */
  constructor(took) {
    this.#took = took;
  }

  /** @param {Document} document */
  listen(document) {
    document.addEventListener("keydown", (event) => this.key(event), { capture: true });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || isField(event.target)) return;
    const now = event.timeStamp;
    if (now - this.#last > GAP) this.#keys = "";
    if (event.key === "Enter" || event.key === "Tab") this.#enter(event, now);
    else if (event.key.length === 1) this.#collect(event, now);
  }

  /** @param {KeyboardEvent} event @param {number} now */
  #collect(event, now) {
    this.#keys += event.key;
    this.#last = now;
    if (this.#keys.length > 1) event.preventDefault();
  }

  /** @param {KeyboardEvent} event @param {number} now */
  #enter(event, now) {
    const text = this.#keys;
    this.#keys = "";
    if (text.length >= LEAST) {
      this.#read = now;
      if (!this.#isEcho(sameness(text), now)) this.#took(text);
    }
    if (now - this.#read < AFTER) event.preventDefault();
  }

  /** @param {string} code @param {number} now */
  #isEcho(code, now) {
    const before = this.#echo;
    this.#echo = { code, at: now };
    return code === before.code && now - before.at < ECHO;
  }
}

/** @param {EventTarget | null} target */
function isField(target) {
  return (
    target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]")
  );
}
