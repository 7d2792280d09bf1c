/**
 * A USB or Bluetooth scanner is a keyboard that types very fast: collect keys; Enter hands them
 * over, and so does a gap of 100 ms when a whole badge code stands there, for some scanners send no
 * Enter. A gap after anything else forgets it. Keys typed into a field belong to the field. The
 * Enter of a reading, however late or often it comes, never reaches a button on the screen; the
 * same badge again within a moment is the scanner's echo.
 */
import { canonical } from "./code.js";

// milliseconds
const GAP = 100;
const AFTER = 1000;
const ECHO = 2500;
const LEAST = 4; // shorter bursts are somebody at a keyboard

export class Wedge {
  #keys = "";
  #last = 0;
  #read = -AFTER;
  #timer = 0;
  #took;
  #echo;

  /** @param {(text: string) => void} took @param {import("./echo.js").Echo} echo */
  constructor(took, echo) {
    this.#took = took;
    this.#echo = echo;
  }

  /** @param {Document} document */
  listen(document) {
    document.addEventListener("keydown", (event) => this.#key(event), { capture: true });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || isField(event.target)) return;
    if (event.key === "Enter" || event.key === "Tab") this.#enter(event);
    else if (event.key.length === 1) this.#collect(event);
  }

  /** @param {KeyboardEvent} event */
  #collect(event) {
    const isNew = event.timeStamp - this.#last > GAP;
    this.#keys = isNew ? event.key : this.#keys + event.key;
    this.#last = event.timeStamp;
    if (!isNew) event.preventDefault();
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#pause(), GAP);
  }

  /** @param {KeyboardEvent} event */
  #enter(event) {
    window.clearTimeout(this.#timer);
    const now = event.timeStamp;
    const isBurst = this.#keys.length >= LEAST && now - this.#last < AFTER;
    if (isBurst || now - this.#read < AFTER) event.preventDefault();
    if (isBurst && now - this.#last <= GAP) this.#take(now);
    this.#keys = "";
  }

  #pause() {
    if (canonical(this.#keys)) this.#take(this.#last);
  }

  /** @param {number} now */
  #take(now) {
    const text = this.#keys;
    this.#keys = "";
    this.#read = now;
    if (!this.#echo.repeats(text, now, ECHO)) this.#took(text);
  }
}

/** @param {EventTarget | null} target */
function isField(target) {
  return (
    target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]")
  );
}
